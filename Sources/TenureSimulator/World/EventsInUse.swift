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
        meters = Self.quoted(after: "event.meter == ", in: Self.measures(programme))
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
        programme.metrics.flatMap { metric -> [String] in
            switch metric.measure {
            case .sum(let sum), .last(let sum), .percentile(let sum, _): [sum.filter.when?.source ?? ""]
            case .ratio(let of, let to, _): [of.filter.when?.source ?? "", to.filter.when?.source ?? ""]
            case .expression(let condition): [condition.source]
            case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .daysSince, .daysSinceFirst,
                .activeWeeks, .entities, .change, .grade:
                []
            }
        }
    }

    private static func names(_ call: String, in sources: [String]) -> [String] {
        quoted(after: call + "(", in: sources)
    }

    /// The texts in double quotes right after a mark, distinct, in order.
    private static func quoted(after mark: String, in sources: [String]) -> [String] {
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
