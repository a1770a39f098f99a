import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// An account that needs someone, as a line of the first page and of Today.
struct NeedRow {
    let name: String
    let link: String
    let arr: String
    let arrLink: String
    let notice: String?
    let noticeLink: String
    /// `near` or `quiet`.
    let noticeTone: String
    let badge: BandBadge
    let score: String
    let line: HealthLine?
    /// What happened, in one sentence.
    let sentence: String
    let owner: String?
    /// Without the part of an address that all colleagues share.
    let ownerName: String
    /// The play that somebody follows there; nil: none runs.
    let play: String?
    let assign: String
}

extension NeedRow {
    init(_ need: Need, _ workspace: Workspace, _ programme: Programme) {
        let (row, report) = (need.account.row, need.account.row.report)
        let id = report.id.text
        name = report.name
        link = Links.account(id)
        arr = row.arr.hundredths.map { Wording.money(Double($0) / 100, programme.currency) } ?? "unknown"
        arrLink = Links.told(id, .field, "arr")
        notice = need.daysToNotice.map { days in
            days == 0 ? "notice today" : "notice in " + Wording.plural(days, "day", "days")
        }
        noticeTone = report.isNoticeNear(days: Need.nearness[2]) ? "near" : "quiet"
        noticeLink = Links.told(id, .field, "notice_by")
        badge = BandBadge(report.band)
        score = report.score.map { String($0) } ?? "–"
        line = HealthLine(workspace.daily(of: row), report.today, programme.health)
        sentence = NeedSentence(need, workspace).text
        owner = report.owner
        ownerName = report.owner.map { String($0.prefix { $0 != "@" }) } ?? ""
        play = row.plays.last?.title
        assign = link + "#people"
    }

    /// How the list is ordered, said on the page.
    static func order(_ currency: String) -> String {
        let steps = Need.stakes.map { Wording.money(Double($0) / 100, currency) }.joined(separator: ", ")
        let days = Need.nearness.map { String($0) }.joined(separator: ", ")
        return
            "Ordered by revenue at stake (in steps: \(steps) a year), then by the days to the last day for a notice (\(days)), "
            + "then by how long nobody has attended."
    }
}

/// What happened at an account that needs someone: its notice, else its worst open signal, else its band.
struct NeedSentence {
    let text: String

    init(_ need: Need, _ workspace: Workspace) {
        let row = need.account.row
        let zone = workspace.programme.defaultZoneRules
        let today = zone.day(at: workspace.now)
        if let notice = row.notice {
            text = "Gave notice on \(Wording.day(zone.day(at: notice.version.occurred), lately: today))."
        } else if let worst = Self.worst(row) {
            let rest = row.signals.count { $0.isOpen && $0.isRisk } - 1
            let more = rest > 0 ? ", and \(rest) more" : ""
            let since = worst.since.map { " since " + Wording.day(zone.day(at: $0), lately: today) } ?? ""
            text = "\(worst.signal.title)\(since)\(more). \(Self.attended(worst, workspace.now))"
        } else {
            text = Self.band(need.account)
        }
    }

    private static func worst(_ row: AccountRow) -> AccountSignal? {
        func urgency(_ known: AccountSignal) -> (Int, Int64) { (known.severity.rank, known.since?.milliseconds ?? .max) }
        return row.signals.filter { $0.isOpen && $0.isRisk }.min { urgency($0) < urgency($1) }
    }

    private static func attended(_ known: AccountSignal, _ now: Instant) -> String {
        guard known.isAttended(at: now) else { return "Unattended." }
        return known.state.acknowledgedBy.map { "\($0) looks after it." } ?? "It is put off."
    }

    private static func band(_ account: OverviewAccount) -> String {
        let report = account.row.report
        let change = report.change.map { $0 == 0 ? "" : ", \(Wording.change($0)) in 7 days" } ?? ""
        return "\(report.band?.title ?? "Unknown")\(change)."
    }
}
