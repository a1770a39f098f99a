package import TenureCore
package import TenureEngine
import TenureProgramme

/// Where a portfolio stands and who needs someone: what a person reads first.
package struct Overview: Sendable {
    /// Monday of the running week: its first instant is what everything is compared with.
    package let monday: Day
    package let risk: RenewalRisk
    /// Those that lost bands since Monday, what is at stake most first.
    package let worse: Ranked<OverviewAccount>
    package let recovered: Ranked<OverviewAccount>
    /// With a last day for a notice within thirty days, the nearest first.
    package let noticesNear: Ranked<OverviewAccount>
    /// The most urgent first.
    package let needs: Ranked<Need>
    /// Slots of all customers; those that left are none.
    package let customers: [Int]
    private let scan: OverviewScan

    /// Whose slots it tells.
    package var table: AccountTable { scan.table }
    /// Customers that need nobody.
    package var quiet: Int { customers.count - needs.count }

    /// The first instant of the running week.
    package static func monday(_ programme: CompiledProgramme, now: Instant) -> (day: Day, start: Instant) {
        let today = programme.defaultZoneRules.day(at: now)
        let monday = today + -Int32(today.weekday)
        return (monday, programme.defaultZoneRules.instant(day: monday))
    }

    /// - Parameters:
    ///   - past: beside the table, of the bands before Monday.
    ///   - owner: nil: of everybody.
    package init(
        _ table: AccountTable, _ past: PastColumn, _ programme: CompiledProgramme, of owner: String? = nil, now: Instant
    ) {
        let today = programme.defaultZoneRules.day(at: now)
        let scan = OverviewScan(table, past, programme.programme.health, now: now, today: today)
        let customers = Self.customers(table, of: owner, now: now)
        let found = OverviewLists(customers, scan)
        self.scan = scan
        self.customers = customers
        monday = Self.monday(programme, now: now).day
        risk = RenewalRisk(customers, scan, in: today.quarter)
        worse = Ranked(found.worse) { scan.account($0.slot) }
        recovered = Ranked(found.recovered) { scan.account($0.slot) }
        noticesNear = Ranked(found.noticesNear) { scan.account($0.slot) }
        needs = Ranked(found.needs) { scan.need($0.slot) }
    }

    /// - Parameter chronicles: of the days since Monday at least.
    package init(
        _ rows: [AccountRow], _ chronicles: [AccountID: AccountChronicle], _ programme: CompiledProgramme, now: Instant
    ) {
        let table = AccountTable(rows, RowTerms(programme))
        var past = PastColumn(then: Self.monday(programme, now: now).start)
        past.take(chronicles.keys, of: chronicles, table)
        self.init(table, past, programme, now: now)
    }

    private static func customers(_ table: AccountTable, of owner: String?, now: Instant) -> [Int] {
        guard let owner else { return table.figures.indices.filter { !table.figures[$0].hasLeft(by: now) } }
        guard let person = table.people.number(of: owner) else { return [] }
        return table.figures.indices.filter { table.isHeld($0, by: person) && !table.figures[$0].hasLeft(by: now) }
    }
}

/// Which customers stand in which list of an overview, in no order.
private struct OverviewLists {
    private(set) var worse: [Placed] = []
    private(set) var recovered: [Placed] = []
    private(set) var noticesNear: [Placed] = []
    private(set) var needs: [Placed] = []

    init(_ customers: [Int], _ scan: OverviewScan) {
        for slot in customers { add(slot, scan) }
    }

    private mutating func add(_ slot: Int, _ scan: OverviewScan) {
        let (figures, standing, id) = (scan.table.figures[slot], scan.standing(slot), scan.table.idPlace(of: slot))
        let moved = Placed(number: 0 &- (figures.arr ?? 0), id: id, slot: slot)
        if let lost = standing.bandsLost, lost > 0 { worse.append(moved) }
        if let lost = standing.bandsLost, lost < 0 { recovered.append(moved) }
        if figures.isNoticeNear(days: Need.nearness[1]) {
            noticesNear.append(Placed(number: Int64((figures.noticeBy ?? scan.today).number), id: id, slot: slot))
        }
        if let urgency = scan.urgency(slot, standing) { needs.append(Placed(number: urgency.number, id: id, slot: slot)) }
    }
}

// MARK: - What happened

extension Overview {
    /// A move of a band or a raising of a signal.
    package struct Change: Sendable {
        package let at: Instant
        package let row: AccountRow
        package let what: What

        package enum What: Sendable {
            case band(AccountChronicle.BandMove)
            case raised(String)
        }
    }

    /// What happened at these customers since an instant: how much, and the newest of it, the newest first.
    package func changes(
        since: Instant, _ chronicles: [AccountID: AccountChronicle], max: Int
    ) -> (count: Int, newest: [Change]) {
        var (changes, places): ([Change], [Placed]) = ([], [])
        for slot in customers {
            guard let newest = scan.past[slot].newest, newest >= since else { continue }
            let row = scan.table.rows[slot]
            for change in Self.changes(of: row, chronicles[row.id], since: since) {
                places.append(
                    Placed(
                        number: 0 &- change.at.milliseconds, text: scan.table.idPlace(of: slot), id: Int64(changes.count),
                        slot: changes.count))
                changes.append(change)
            }
        }
        return (changes.count, places.first(max).map { changes[$0.slot] })
    }

    private static func changes(of row: AccountRow, _ chronicle: AccountChronicle?, since: Instant) -> [Change] {
        guard let chronicle else { return [] }
        return chronicle.moves(since: since).map { Change(at: $0.at, row: row, what: .band($0)) }
            + chronicle.raisings(since: since).map { Change(at: $0.at, row: row, what: .raised($0.id)) }
    }
}
