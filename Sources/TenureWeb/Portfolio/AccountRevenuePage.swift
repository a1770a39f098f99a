import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// What one account pays, step by step, with the events that say so.
struct AccountRevenuePage {
    let shell: Shell
    let name: String
    let account: String
    let source: String
    let rows: [Row]
    let isEmpty: Bool

    struct Row {
        let from: String
        let key: String
        let arr: String
        let event: String
        let said: String
    }
}

extension AccountRevenuePage {
    init(shell: Shell, name: String, snapshot: Snapshot, trail: AccountRevenueTrail) {
        let programme = snapshot.programme.programme
        self.shell = shell
        self.name = name
        account = Links.account(snapshot.account.text)
        source = programme.revenue.source.rawValue
        rows = trail.lines.map { Row($0, snapshot, programme.currency) }
        isEmpty = rows.isEmpty
    }
}

extension AccountRevenuePage.Row {
    fileprivate init(_ line: AccountRevenueTrail.Line, _ snapshot: Snapshot, _ currency: String) {
        from = Wording.instant(line.step.from, snapshot.zone)
        key = line.course.key.isEmpty ? "account" : line.course.key
        arr = line.step.micros.map {
            Wording.money(Double($0) / 1_000_000, line.step.currency?.text ?? currency)
        } ?? "unknown"
        event = line.fact.map { "\($0.type) \($0.id) from \($0.source)" } ?? "an event that the log no longer holds"
        said = line.fact.map { Wording.instant($0.occurred, snapshot.zone) } ?? "–"
    }
}
