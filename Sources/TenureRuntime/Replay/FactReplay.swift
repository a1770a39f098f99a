package import TenureCore
package import TenureEngine
import TenureProgramme
import TenureStore

/// A past lived through again from its facts by the writer that production uses: each is told at the moment at which it
/// was recorded, and time passes on a virtual clock in between.
package struct FactReplay {
    /// What every metric said of one account at a moment of its local day.
    package struct Standing: Sendable {
        /// The vendor's own id.
        package var external: String
        package var day: Day
        package var at: Instant
        /// By the compiled programme's metrics.
        package var readings: [MetricReading]
    }

    private let programme: CompiledProgramme
    /// In the order in which they were recorded.
    private let facts: [PastFact]
    private let externals: [String]
    private var writer: Writer
    private var told = 0

    /// - Parameter facts: in any order; those of one moment are told together, in the order given.
    package init(_ facts: [PastFact], on programme: CompiledProgramme) {
        self.programme = programme
        self.facts = facts.enumerated().sorted { ($0.element.recorded, $0.offset) < ($1.element.recorded, $1.offset) }
            .map(\.element)
        var externals: [String] = []
        var seen: Set<String> = []
        for fact in self.facts where fact.arrival.type == FactType.accountChanged {
            if case .account(let id) = fact.arrival.subject, seen.insert(id).inserted { externals.append(id) }
        }
        self.externals = externals
        writer = Writer(
            workspace: "replay",
            keys: WorkspaceKeys(secret: Array("replay-secret-of-32-bytes-exact!".utf8), workspace: "replay"),
            log: MemoryLog(), store: MemoryStore(), composer: SilentComposer(), programme: programme)
        writer.checkpointBytesPerCommit = 0
        writer.markBytesPerCommit = 0
        writer.isRehearsal = true
    }

    package var counts: WriterCounts { writer.counts }

    /// Lives through the days and tells how every known account stands in each.
    ///
    /// - Parameters:
    ///   - timeOfDay: milliseconds on the account's wall clock; nil: the end of its day.
    ///   - tell: called in the order of the moments, then of the accounts.
    /// - Throws: `ReplayDisagreement` where what a turn remembers of a metric is not what measuring it anew gives.
    package mutating func run(
        _ days: ClosedRange<Day>, timeOfDay: Int64? = nil, tell: (Standing) throws -> Void
    ) throws {
        try goLive()
        for moment in LocalMoments(zones, days, timeOfDay: timeOfDay).moments {
            try tellFacts(before: moment.at)
            try pass(until: moment.at)
            for external in externals {
                guard let state = writer.account(external: external), isThere(state, moment.zone) else { continue }
                let snapshot = Snapshot(programme: programme, workspace: writer.shared, state: state, now: moment.at)
                if timeOfDay == nil { try compare(state, snapshot.readings, external, moment.day) }
                try tell(
                    Standing(external: external, day: moment.day, at: moment.at, readings: snapshot.readings))
            }
        }
    }

    /// All zones that an account is ever said to be in.
    private var zones: [ZoneRules] {
        var zones = [programme.defaultZoneRules]
        for fact in facts where fact.arrival.type == FactType.accountChanged {
            guard let name = fact.arrival.data["time_zone"]?.string, let zone = programme.zones[name],
                !zones.contains(where: { $0.name == name })
            else { continue }
            zones.append(zone)
        }
        return zones
    }

    private func isThere(_ state: AccountState, _ zone: String) -> Bool {
        state.clock != nil && programme.zone(of: state.observations).name == zone
    }

    /// Turns measure anew only what can have changed: at the end of a day both must say the same.
    private func compare(_ state: AccountState, _ readings: [MetricReading], _ external: String, _ day: Day) throws {
        guard let kept = writer.memos.readings(of: state.id) else { return }
        // The others are measured when a day is closed.
        let measured = kept.prefix(programme.concludedMetricCount)
        guard let place = zip(measured, readings).firstIndexOfDifference else { return }
        throw ReplayDisagreement(
            metric: programme.metrics[place].reference.text, account: external, day: day, kept: kept[place],
            anew: readings[place])
    }
}

/// Two ways to the same reading that differ: a mistake of the engine.
package struct ReplayDisagreement: Error {
    package var metric: String
    package var account: String
    package var day: Day
    package var kept: MetricReading
    package var anew: MetricReading
}

extension Zip2Sequence<ArraySlice<MetricReading>, [MetricReading]> {
    fileprivate var firstIndexOfDifference: Int? { enumerated().first { $0.element.0 != $0.element.1 }?.offset }
}

// MARK: - Telling

extension FactReplay {
    private mutating func goLive() throws {
        guard let first = facts.first else { return }
        let wentLive = Arrival(
            id: "went-live", source: "operator", type: FactType.workspaceWentLive, subject: .workspace)
        try tell([wentLive], at: first.recorded + -1)
    }

    private mutating func tellFacts(before end: Instant) throws {
        while told < facts.count, facts[told].recorded < end {
            let recorded = facts[told].recorded
            var next = told
            while next < facts.count, facts[next].recorded == recorded { next += 1 }
            try pass(until: recorded)
            try tell(facts[told..<next].map(\.arrival), at: recorded)
            told = next
        }
    }

    private mutating func tell(_ arrivals: [Arrival], at now: Instant) throws {
        guard !arrivals.isEmpty, let block = try writer.accept(arrivals, now: now).block else { return }
        try writer.process(block)
    }

    private mutating func pass(until end: Instant) throws {
        while let due = writer.nextDue(), due <= end, let block = try writer.tick(now: end) {
            try writer.process(block)
        }
    }
}
