import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

/// Reads closed days back from a store.
struct DayReader: Sendable {
    let store: any StateStore
    let library: ProgrammeLibrary
    /// The version that runs now.
    let running: CompiledProgramme
    let shelf: VersionShelf

    /// - Parameter zone: of the account, for days whose midnight was not kept.
    func day(_ day: Day, of account: AccountID, zone: ZoneRules) throws -> RecordedDay? {
        guard let row = try store.dailies(account: account, days: day...day).first else { return nil }
        let closed = try RecordedDay.Closed(row)
        let close = DayClose(
            day: day, at: row.close?.at ?? zone.instant(day: day + 1), position: row.close?.position)
        let decisions = try decisions(of: account, until: close, from: zone.instant(day: day))
        guard let version = try version(closed.reading.modelVersion) else {
            throw PublishRefusal.unknownVersion(closed.reading.modelVersion)
        }
        return RecordedDay(
            closed, close, metrics: try metrics(row), earlier: try earlier(day, account), decisions: decisions,
            programme: try programme(version.number, decisions), version: version)
    }

    /// As many as conclusions remember.
    private static let daysKept: Int32 = 91

    private func earlier(_ day: Day, _ account: AccountID) throws -> [RecordedDay.Closed] {
        try store.dailies(account: account, days: day + -Self.daysKept...day + -1).map { try RecordedDay.Closed($0) }
    }

    private func metrics(_ row: DailyRow) throws -> [RecordedDay.Metric]? {
        guard let close = row.close, let layout = try store.metricLayouts().first(where: { $0.number == close.layout })
        else { return nil }
        let values = try MetricVector(bytes: close.metrics).values(count: layout.names.count)
        return zip(layout.names, values).map { RecordedDay.Metric(name: $0, value: $1) }
    }

    private static let pageMax = 1000

    private func decisions(of account: AccountID, until close: DayClose, from start: Instant) throws -> [Decision] {
        var rows: [DecisionRow] = []
        var before = close.position.map { DecisionPlace(position: $0 + 1, ordinal: 0) }
        while case let page = try store.decisions(account: account, before: before, limit: Self.pageMax), let last = page.last {
            rows += page.filter { $0.at <= close.at }
            before = last.place
        }
        // Most are of this kind, and only the newest still counts.
        let newest = rows.first { $0.kind == "scoreMoved" && $0.at < start }
        return try rows.reversed().filter { $0.kind != "scoreMoved" || $0.at >= start || $0.place == newest?.place }
            .map { try Decision(bytes: $0.bytes) }
    }

    private func version(_ number: Int) throws -> ProgrammeRow? {
        try store.programmes().first { $0.number == number }
    }

    /// The version, beside those under which plays ran.
    private func programme(_ number: Int, _ decisions: [Decision]) throws -> CompiledProgramme {
        var conclusions = Conclusions()
        for decision in decisions { decision.apply(to: &conclusions) }
        let others = conclusions.plays.filter { $0.isRunning && $0.programmeVersion != number }
        let pinned = Dictionary(grouping: others, by: \.programmeVersion).mapValues { Set($0.map(\.play)) }
        if number == running.programme.version, pinned.isEmpty { return running }
        return try shelf.programme(number, pinned) { try compile(number, pinned) }
    }

    private func compile(_ number: Int, _ pinned: [Int: Set<String>]) throws -> CompiledProgramme {
        guard let row = try store.programme(number) else { throw PublishRefusal.unknownVersion(number) }
        let older = try pinned.sorted { $0.key < $1.key }.compactMap { version, plays in
            try store.programme(version).map {
                PinnedProgramme(try library.readable($0).programme, number: version, plays: plays)
            }
        }
        return library.compile(try library.readable(row), number: number, pinned: older)
    }
}
