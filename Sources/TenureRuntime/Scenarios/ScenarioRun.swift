import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

/// One scenario on the virtual clock, through the writer that production uses.
struct ScenarioRun {
    let scenario: Scenario
    let programme: CompiledProgramme
    private(set) var writer: Writer
    let store = MemoryStore()
    let zone: ZoneRules
    /// What was concluded, with the local day on which it was.
    private(set) var decisions: [(day: Int, decision: Decision)] = []
    private(set) var messages: [(day: Int, at: Instant, row: OutboxRow, to: String)] = []
    private(set) var refusals: [String] = []
    private static let external = "under-test"

    init(_ scenario: Scenario, _ programme: CompiledProgramme) {
        self.scenario = scenario
        let programme =
            scenario.given.isEmpty
            ? programme : CompiledProgramme(programme.programme.telling(scenario.given), zones: programme.zones)
        self.programme = programme
        writer = Writer(
            workspace: "scenario", keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "scenario"),
            log: MemoryLog(), store: store, composer: PlainTextComposer(), programme: programme)
        zone = scenario.account["time_zone"]?.string.flatMap { programme.zones[$0] } ?? programme.defaultZoneRules
    }

    var state: AccountState? { writer.accounts.values.first { _ in true } }

    private func instant(day: Int, minute: Int = 0) -> Instant {
        zone.instant(day: scenario.start + Int32(day), millisecondsOfDay: Int64(minute) * Milliseconds.minute)
    }

    /// The last moment of a day.
    func end(of day: Int) -> Instant { instant(day: day + 1) + -1 }

    func snapshot(endOf day: Int) -> Snapshot? {
        state.map { Snapshot(programme: programme, workspace: writer.shared, state: $0, now: end(of: day)) }
    }

    /// Creates the account, goes live and drives the clock through all days, calling `check` at the end of each.
    mutating func run(_ check: (Int, ScenarioRun) -> Void) throws {
        try take([arrival(FactType.workspaceWentLive, .workspace, [:])], at: instant(day: 0))
        try take([arrival(FactType.accountChanged, .account(Self.external), scenario.account)], at: instant(day: 0))
        try take(scenario.contacts.map { contact($0) }, at: instant(day: 0))
        for day in 0...max(0, scenario.days) {
            for (minute, arrivals) in arrivals(on: day) { try take(arrivals, at: instant(day: day, minute: minute)) }
            try pass(until: end(of: day))
            check(day, self)
        }
    }

    private mutating func take(_ arrivals: [Arrival], at now: Instant) throws {
        guard !arrivals.isEmpty else { return }
        try pass(until: now)
        let accepted = try writer.accept(arrivals, now: now)
        for answer in accepted.answers {
            if case .rejected(let refusal) = answer { refusals.append(refusal.detail) }
        }
        if let block = accepted.block {
            refusals += try writer.process(block).map { "\($0.factID): \($0.reason.rawValue)" }
            try collect(block)
        }
    }

    private mutating func pass(until end: Instant) throws {
        while let due = writer.nextDue(), due <= end, let block = try writer.tick(now: due) {
            try writer.process(block)
            try collect(block)
        }
    }

    private mutating func collect(_ block: LogBlock) throws {
        let rows = store.decisions(after: DecisionPlace(position: block.position, ordinal: -1), limit: 10_000)
        for row in rows where row.place.position == block.position {
            let decision = try Decision(bytes: row.bytes)
            let day = Int(zone.day(at: decision.at) - scenario.start)
            decisions.append((day, decision))
            guard case .outreach(.messageQueued(let intent)) = decision.what else { continue }
            for outbox in rendered(intent) { messages.append((day, decision.at, outbox, intent.recipient.text)) }
        }
    }

    private func rendered(_ intent: MessageIntent) -> [OutboxRow] {
        var query = OutboxQuery()
        query.limit = 1000
        return store.outbox(query).filter { $0.key.hasPrefix(intent.key + "/") }
    }
}

// MARK: - Facts of a day

extension ScenarioRun {
    /// By minute of the day, in the order of the scenario.
    private func arrivals(on day: Int) -> [(Int, [Arrival])] {
        var byMinute: [Int: [Arrival]] = [:]
        for (number, facts) in scenario.facts.enumerated() where facts.happen(on: day, start: scenario.start) {
            byMinute[facts.minuteOfDay, default: []] += arrivals(facts, number, day)
        }
        return byMinute.sorted { $0.key < $1.key }
    }

    private func arrivals(_ facts: ScenarioFacts, _ number: Int, _ day: Int) -> [Arrival] {
        let occurred = instant(day: day, minute: facts.minuteOfDay)
        let (type, data) = meaning(of: facts)
        return (0..<max(1, facts.members)).flatMap { member in
            (0..<max(1, facts.count)).map { count in
                var arrival = arrival(type, .account(Self.external), data)
                arrival.id = "fact-\(number)-\(day)-\(member)-\(count)"
                arrival.user = facts.members > 0 ? "member-\(member)" : nil
                arrival.occurred = occurred
                return arrival
            }
        }
    }

    /// A Segment call is what the programme makes of it, as over HTTP.
    private func meaning(of facts: ScenarioFacts) -> (type: String, data: JSONObject) {
        guard let call = facts.call, let event = programme.programme.event(for: call) else { return (facts.type, facts.data) }
        var data = facts.data
        for (name, value) in event.adding.sorted(by: { precedes($0.key, $1.key) }) { data[name] = .string(value) }
        return (event.type, data)
    }

    private func arrival(_ type: String, _ subject: Arrival.Subject, _ data: JSONObject) -> Arrival {
        Arrival(id: "setup-" + type, source: "scenario", type: type, subject: subject, data: data)
    }

    private func contact(_ data: JSONObject) -> Arrival {
        let key = data["id"]?.string ?? ""
        let role = data["role"]?.string ?? ""
        var arrival = arrival(
            FactType.contactChanged, .account(Self.external), ["contact": .string(key), "role": .string(role)])
        arrival.id = "contact-" + key
        arrival.person = PersonTraits(
            key: key, name: data["name"]?.string ?? key, email: data["email"]?.string ?? "", role: role)
        return arrival
    }
}

extension ScenarioFacts {
    fileprivate func happen(on day: Int, start: Day) -> Bool {
        guard days.contains(day), (day - days.lowerBound) % max(1, every) == 0 else { return false }
        return !onWeekdays || (start + Int32(day)).weekday < 5
    }
}
