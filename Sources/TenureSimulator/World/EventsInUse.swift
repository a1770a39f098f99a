import TenureProgramme

/// Which of the known habits mean anything to a programme: events that nothing reads are not made.
struct EventsInUse: Sendable {
    let types: Set<String>
    let features: [String]
    let grades: [(metric: String, steps: [String])]
    let flags: [String]
    let contactRoles: [String]
    let activity: String?
    let meters: [String]
    /// Kinds of runs and outputs, and instruments of surveys, that measures ask for.
    let runKind: String
    let outputKind: String
    let instruments: [String]
    /// The highest answer to the satisfaction survey on the programme's own scale.
    let satisfactionMax: Double
    /// Whether runs are measured by entitled user.
    let countsRunsByUser: Bool
    /// nil: tickets are answered and nobody says when.
    let promisedTickets: PromisedTickets?

    init(_ programme: Programme) {
        types = Set(programme.events.map(\.type))
        features = programme.features.map(\.id)
        grades = programme.metrics.compactMap { metric in
            if case .grade(let scale) = metric.measure { (metric.id, scale.map(\.id)) } else { nil }
        }
        let sources = Self.conditions(programme)
        flags = Self.names("flag", in: sources)
        contactRoles = Self.roles(programme, sources)
        activity = programme.events.first { $0.isActivity && $0.type == "user.session" }?.type
            ?? programme.events.first { $0.isActivity }?.type
        let measures = Self.measures(programme)
        meters = Self.quoted(after: "event.meter == ", in: measures)
        runKind = Self.kinds(of: "workflow.run", programme).first ?? "workflow"
        outputKind = Self.kinds(of: "output.created", programme).first ?? "record"
        instruments = Self.quoted(after: "event.instrument == ", in: measures)
        let isOfTen = sources.contains { $0.firstMatch(of: /csat_mean\.\d+d"\) <=? ([6-9]|10)\./) != nil }
        satisfactionMax = isOfTen ? 10 : 5
        countsRunsByUser = programme.accountFields.contains { $0.id == "entitled_users" }
        promisedTickets = PromisedTickets(programme)
    }

    /// The kinds of one type of event that measures tell apart.
    private static func kinds(of type: String, _ programme: Programme) -> [String] {
        quoted(after: "event.kind == ", in: filters(programme).filter { $0.event == type }.map { $0.when?.source ?? "" })
    }

    func has(_ type: String) -> Bool { types.contains(type) }

    private static func conditions(_ programme: Programme) -> [String] {
        var sources = programme.signals.flatMap { [$0.when.source, $0.clear?.source ?? ""] }
        sources += programme.plays.flatMap { play in
            [play.when?.source ?? ""] + play.exits.map(\.when.source)
                + play.steps.flatMap { [$0.when?.source ?? "", $0.doneWhen?.source ?? ""] }
        }
        sources += programme.health.caps.map(\.when.source)
        return sources + measures(programme)
    }

    private static func measures(_ programme: Programme) -> [String] {
        let expressions = programme.metrics.compactMap { metric in
            if case .expression(let condition) = metric.measure { condition.source } else { nil }
        }
        return filters(programme).map { $0.when?.source ?? "" } + expressions
    }

    private static func filters(_ programme: Programme) -> [EventFilter] {
        programme.metrics.flatMap { metric -> [EventFilter] in
            switch metric.measure {
            case .sum(let sum), .monthSum(let sum), .last(let sum), .percentile(let sum, _): [sum.filter]
            case .distinct(let measure): [measure.filter]
            case .newestOfEach(let measure): [measure.sum.filter]
            case .ratio(let of, let to, _): [of.filter, to.filter]
            case .daysSince(let filter), .daysSinceFirst(let filter): [filter]
            case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .activeWeeks, .daysSinceUse, .entities,
                .change, .grade, .attainment, .expression:
                []
            }
        }
    }

    private static func names(_ call: String, in sources: [String]) -> [String] {
        quoted(after: call + "(", in: sources)
    }

    /// The texts in double quotes right after a mark, distinct, in order.
    static func quoted(after mark: String, in sources: [String]) -> [String] {
        var found: [String] = []
        for source in sources {
            var rest = Substring(source)
            while let range = rest.firstRange(of: mark) {
                rest = rest[range.upperBound...]
                guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { continue }
                let name = String(rest[rest.index(after: rest.startIndex)..<end])
                if !found.contains(name) { found.append(name) }
            }
        }
        return found
    }

    private static func roles(_ programme: Programme, _ sources: [String]) -> [String] {
        var roles = ["sponsor", "admin", "champion"] + names("contact", in: sources)
        for step in programme.plays.flatMap(\.steps) {
            for action in step.actions {
                if case .mail(_, let recipients) = action {
                    roles += recipients.compactMap { if case .contact(let role) = $0 { role } else { nil } }
                }
            }
        }
        var distinct: [String] = []
        for role in roles where !distinct.contains(role) { distinct.append(role) }
        return distinct
    }
}
