import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// The first page: one sentence, who needs someone, what the warnings were worth, and what happens right now.
struct OverviewPage {
    let shell: Shell
    let sentence: RiskSentence
    let worse: BandMoves
    let recovered: BandMoves
    let notices: NoticesNear
    let needs: [NeedRow]
    let hasNeeds: Bool
    let order: String
    /// What the list does not show.
    let rest: String
    let warned: WarnedCard
    let happened: [HappenedLine]
    /// Where the page hears what happens after.
    let live: String
    /// nil: the company is a real one.
    let seed: String?
    let accounts: String

    private static let needsMax = 7
    static let happenedMax = 4
}

extension OverviewPage {
    init(
        _ shell: Shell, _ overview: Overview, _ verdict: Verdict, _ newest: [Decision], _ workspace: Workspace,
        seed: String?, live: String
    ) {
        let programme = workspace.programme.programme
        self.shell = shell
        self.seed = seed
        self.live = live
        sentence = RiskSentence(overview, programme)
        worse = BandMoves("got worse since Monday", overview.worse, programme.health)
        recovered = BandMoves("recovered", overview.recovered, programme.health)
        notices = NoticesNear(overview.noticesNear)
        needs = overview.needs.first(Self.needsMax).map { NeedRow($0, workspace, programme) }
        hasNeeds = !needs.isEmpty
        order = NeedRow.order(programme.currency)
        rest = Self.rest(overview, shown: needs.count)
        warned = WarnedCard(verdict)
        happened = HappenedLine.newest(newest, workspace, max: Self.happenedMax)
        accounts = Links.accounts
    }

    private static func rest(_ overview: Overview, shown: Int) -> String {
        let more = overview.needs.count - shown
        let quiet = Wording.plural(overview.quiet, "customer needs", "customers need") + " nobody"
        return more > 0 ? "\(Wording.count(more)) more need someone; \(quiet)." : quiet + "."
    }
}

/// How much of what renews this quarter is at risk, and how that moved.
struct RiskSentence {
    let atRisk: String
    let renewing: String
    let until: String
    let move: String
    /// `up`, `down`, `level`: more at risk is down.
    let direction: String
    let isNothing: Bool
    let unknown: String?
    let link: String
}

extension RiskSentence {
    init(_ overview: Overview, _ programme: Programme) {
        let risk = overview.risk
        func money(_ hundredths: Int64) -> String { Wording.money(Double(hundredths) / 100, programme.currency) }
        atRisk = money(risk.atRisk)
        renewing = money(risk.renewing)
        until = Wording.day(risk.quarter.upperBound)
        isNothing = risk.parts.isEmpty
        link = Links.renewals
        unknown = risk.unknown == 0 ? nil : Wording.plural(risk.unknown, "contract is", "contracts are") + " of unknown worth."
        (move, direction) =
            risk.move == 0 ? ("as much as on Monday", "level")
            : risk.move > 0 ? (money(risk.move) + " more than on Monday", "down")
            : (money(-risk.move) + " less than on Monday", "up")
    }
}

/// Accounts whose band moved, as a line that opens into all of them.
struct BandMoves {
    let summary: String
    let accounts: [Moved]
    let isEmpty: Bool
    private static let accountsMax = 50

    struct Moved {
        let name: String
        let link: String
        let from: String
        let badge: BandBadge
    }
}

extension BandMoves {
    init(_ words: String, _ moved: Ranked<OverviewAccount>, _ model: HealthModel) {
        summary = "\(Wording.count(moved.count)) \(words)"
        isEmpty = moved.isEmpty
        accounts = moved.first(Self.accountsMax).map { account in
            Moved(
                name: account.row.report.name, link: Links.account(account.row.report.id.text) + "#moved",
                from: model.band(at: account.bandThen)?.title ?? "unknown", badge: BandBadge(account.row.report.band))
        }
    }
}

/// Whose last day for a notice is near.
struct NoticesNear {
    let summary: String
    let accounts: [Near]
    let isEmpty: Bool
    private static let accountsMax = 50

    struct Near {
        let name: String
        let link: String
        let day: String
        let badge: BandBadge
    }
}

extension NoticesNear {
    init(_ near: Ranked<OverviewAccount>) {
        summary = Wording.plural(near.count, "notice date", "notice dates") + " within 30 days"
        isEmpty = near.isEmpty
        accounts = near.first(Self.accountsMax).map { account in
            let report = account.row.report
            return Near(
                name: report.name, link: Links.told(report.id.text, .field, "notice_by"),
                day: report.noticeBy.map { Wording.day($0) } ?? "", badge: BandBadge(report.band))
        }
    }
}
