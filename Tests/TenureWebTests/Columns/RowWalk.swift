import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

@testable import TenureWeb

/// What pages say of all accounts, worked out from one row after another without any column.
struct RowWalk {
    let rows: [AccountRow]
    let chronicles: [AccountID: AccountChronicle]
    let programme: CompiledProgramme
    let now: Instant

    init(_ workspace: Workspace, _ chronicles: [AccountID: AccountChronicle]) {
        rows = workspace.rows()
        programme = workspace.programme
        now = workspace.now
        self.chronicles = chronicles
    }

    private var zone: ZoneRules { programme.defaultZoneRules }
    private var today: Day { zone.day(at: now) }
    private var monday: Instant { zone.instant(day: today + -Int32(today.weekday)) }

    // MARK: The first page

    /// Every list of the overview by the accounts' own ids, and its sums.
    func overview(of owner: String?) -> [String] {
        let customers = rows.filter { row in !hasLeft(row) && (owner.map { isHeld(row, by: $0) } ?? true) }
        let moved = customers.map { (row: $0, lost: lost($0)) }
        let needing = customers.compactMap { row in urgency(row).map { (row: row, urgency: $0) } }
        let quarter = self.quarter
        let parts = customers.flatMap { row in
            row.renewals.filter { quarter.contains($0.due) }.map { (row: row, renewal: $0) }
        }
        func sum(_ isCounted: (AccountRow) -> Bool) -> Int64 {
            parts.filter { isCounted($0.row) }.reduce(0) { $0 + ($1.renewal.amount ?? 0) }
        }
        let near = customers.filter { $0.report.isNoticeNear(days: 30) }
            .sorted { ($0.report.noticeBy ?? today, $0.id) < ($1.report.noticeBy ?? today, $1.id) }
        let atRisk = (now: sum { isAtRisk($0, bandNow($0)) }, then: sum { wasAtRisk($0) })
        return [
            "customers \(ids(customers).sorted())",
            "worse \(ids(largest(moved.filter { $0.lost ?? 0 > 0 }.map(\.row))))",
            "recovered \(ids(largest(moved.filter { $0.lost ?? 0 < 0 }.map(\.row))))",
            "near \(ids(near))",
            "needs \(ids(needing.sorted { ($0.urgency, $0.row.id) < ($1.urgency, $1.row.id) }.map(\.row)))",
            "risk \(sum { _ in true }) \(atRisk.now) \(atRisk.then) \(parts.count { $0.renewal.amount == nil }) \(parts.count)",
        ]
    }

    private func hasLeft(_ row: AccountRow) -> Bool {
        guard let notice = row.notices.first else { return false }
        return notice.effective.map { $0 <= now } ?? (row.arr == .known(0))
    }

    private func isHeld(_ row: AccountRow, by person: String) -> Bool { row.report.owner == person }

    private func ids(_ rows: [AccountRow]) -> [String] { rows.map(\.report.externalID) }

    private func largest(_ rows: [AccountRow]) -> [AccountRow] {
        rows.sorted { (-($0.arr.hundredths ?? 0), $0.id) < (-($1.arr.hundredths ?? 0), $1.id) }
    }

    private func bandNow(_ row: AccountRow) -> Int? {
        row.report.band.flatMap { band in programme.programme.health.bands.firstIndex { $0.id == band.id } }
    }

    private func bandThen(_ row: AccountRow) -> Int? {
        guard let bands = chronicles[row.id]?.bands, let first = bands.first else { return bandNow(row) }
        return bands.filter { $0.at < monday }.last.map(\.to) ?? first.from
    }

    private func lost(_ row: AccountRow) -> Int? { bandNow(row).flatMap { now in bandThen(row).map { now - $0 } } }

    private func isAlarming(_ band: Int?) -> Bool {
        band.map { [.warning, .critical].contains(programme.programme.health.bands[$0].tone) } ?? false
    }

    private func isAtRisk(_ row: AccountRow, _ band: Int?) -> Bool { !row.notices.isEmpty || isAlarming(band) }

    private func wasAtRisk(_ row: AccountRow) -> Bool {
        row.notices.first.map { $0.version.recorded < monday } ?? false || isAlarming(bandThen(row))
    }

    private var quarter: ClosedRange<Day> {
        let first = (today.civil.month - 1) / 3 * 3 + 1
        let start = Day(CivilDate(year: today.civil.year, month: first, day: 1))
        return start...(start.adding(months: 3) + -1)
    }

    /// By the sentence on the page.
    private func urgency(_ row: AccountRow) -> [Int64]? {
        let waiting = row.signals.filter { $0.isWaiting(at: now) }
        let days = row.report.noticeBy.map { Int($0 - today) }.flatMap { $0 < 0 ? nil : $0 }
        let isUrgent = waiting.contains { [.critical, .high].contains($0.severity) }
        let isDoubtful = days ?? .max <= 30 && row.report.band?.tone != .good
        guard isAtRisk(row, bandNow(row)) || isUrgent || isDoubtful else { return nil }
        let stake = Need.stakes.filter { row.arr.hundredths ?? 0 < $0 }.count
        let near = Need.nearness.filter { days ?? .max > $0 }.count
        return [Int64(stake), Int64(near), waiting.compactMap(\.since).min()?.milliseconds ?? .max]
    }

    // MARK: Lists

    func accounts(_ query: AccountQuery) -> [String] {
        let found = rows.filter { row in
            (query.band.map { $0 == row.report.band?.id ?? "unknown" } ?? true)
                && (query.owner.map { $0 == row.report.owner } ?? true)
                && (query.search.map { holds(row.report.name, $0) || holds(row.report.externalID, $0) } ?? true)
        }
        return ids(found.sorted { place($0, query) < place($1, query) })
    }

    private func holds(_ text: String, _ wanted: String) -> Bool { text.lowercased().contains(wanted.lowercased()) }

    private func place(_ row: AccountRow, _ query: AccountQuery) -> ListPlace {
        let number: Int64? =
            switch query.sort {
            case .score: row.report.score.map { Int64($0) }
            case .change: row.report.change.map { Int64($0) }
            case .arr: row.report.arr.map { Int64($0 * 100) }
            case .notice: row.report.noticeBy.map { Int64($0.number) }
            case .name: 0
            }
        let text = query.sort == .name ? row.report.name.lowercased() : ""
        let ordered = number.map { query.isDescending ? -$0 : $0 }
        return ListPlace(number: ordered, text: text, id: row.id.text, isReversed: query.isDescending)
    }

    func signals(_ state: SignalQuery.State, of owner: String?) -> [String] {
        let listed = rows.filter { row in owner.map { $0 == row.report.owner } ?? true }
            .flatMap { row in row.signals.filter { isWanted($0.state, state) }.map { (row: row, known: $0) } }
        let ordered = listed.sorted { left, right in
            (left.known.severity.rank, left.known.since?.milliseconds ?? 0, left.row.id)
                < (right.known.severity.rank, right.known.since?.milliseconds ?? 0, right.row.id)
        }
        return ordered.map { $0.row.report.externalID + " " + $0.known.signal.id }
    }

    private func isWanted(_ known: SignalState, _ state: SignalQuery.State) -> Bool {
        switch state {
        case .open: known.isOpen
        case .new: known.isOpen && !known.isAcknowledged(at: now) && !known.isSnoozed(at: now)
        case .acknowledged: known.isOpen && known.isAcknowledged(at: now)
        case .snoozed: known.isSnoozed(at: now)
        case .falseAlarm: known.isHeldFalse(at: now)
        case .withheld: known.isWithheld
        }
    }

    func tasks(of person: String?) -> [String] {
        let open = rows.flatMap { row in row.tasks.map { (task: $0, account: row.id) } }
        return open.filter { task, _ in person.map { $0 == task.owner } ?? true }.sorted { OpenTask.isBefore($0, $1) }
            .map { "\($1.text) \($0.text)" }
    }
}

/// Lists of numbers one after another, shorter ones first.
private func < (left: ([Int64], AccountID), right: ([Int64], AccountID)) -> Bool {
    left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
}
