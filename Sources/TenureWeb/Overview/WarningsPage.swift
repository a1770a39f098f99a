import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// The customers behind "would it have warned you?", and what each rule brought.
struct WarningsPage {
    let shell: Shell
    let card: WarnedCard
    let from: String
    let to: String
    let lead: String
    let lost: [Lost]
    let isEmpty: Bool
    let pages: PageLinks?
    let rules: [Rule]
    let precision: String
    let load: String

    struct Lost {
        let name: String
        let link: String?
        let notice: String
        let arr: String
        let outcome: String
        let isFlagged: Bool
        let by: String
        let lead: String
        let sentence: String?
    }

    struct Rule {
        let title: String
        let isCounted: Bool
        let alerts: String
        let flagged: String
        /// Of the alerts whose outcome is known, those that a notice followed.
        let right: String
    }
}

extension WarningsPage {
    /// - Parameter cursor: of the lost customers; nil: the newest ones.
    init(_ shell: Shell, _ verdict: Verdict, cursor: String?, _ workspace: Workspace) throws {
        let (terms, name) = (verdict.terms, ListName(list: "warnings", question: "", keys: workspace.keys))
        let part = try ListPart(verdict.tally.lost, name, cursor: cursor) {
            ListPlace(number: -Int64($0.notice.number), id: $0.account.id)
        }
        self.shell = shell
        card = WarnedCard(verdict)
        from = Wording.day(terms.watch.lowerBound)
        to = Wording.day(terms.watch.upperBound)
        lead = Wording.plural(Int(terms.lead), "day", "days")
        lost = part.items.map { Lost($0, verdict, workspace) }
        isEmpty = lost.isEmpty
        pages = PageLinks(part, "customer", "customers") { Links.with(Links.warnings, [("cursor", $0)]) + "#lost" }
        rules = verdict.shares.map { Rule($0) }
        precision = Self.precision(verdict.precision)
        load = "\(Wording.number(verdict.load.perWeek)) alerts a week, at \(Wording.number(verdict.load.standingMean)) of "
            + "\(Wording.number(verdict.load.accountsMean, places: 0)) customers on an average day"
    }

    private static func precision(_ estimate: Estimate) -> String {
        guard let value = estimate.value else { return "Of no alert is it known yet what it was worth." }
        func percent(_ share: Double) -> String { Wording.number(share * 100, places: 0) + " %" }
        return "Of \(estimate.whole) alerts whose outcome is known, \(estimate.part) were followed by a notice: \(percent(value)) "
            + "(95 % interval \(percent(estimate.low)) to \(percent(estimate.high)))."
    }
}

extension WarningsPage.Rule {
    init(_ share: RuleShare) {
        title = share.rule.title
        isCounted = share.rule.isCounted
        alerts = String(share.alone.alerts)
        flagged = String(share.alone.flagged)
        right = "\(share.alone.hits) of \(share.alone.settled)"
    }
}

extension WarningsPage.Lost {
    init(_ lost: LostAccount, _ verdict: Verdict, _ workspace: Workspace) {
        name = lost.account.name
        link = workspace.row(lost.account.id).map { Links.account($0.id.text) + "#timeline" }
        notice = Wording.day(lost.notice)
        arr = lost.account.arr.map { Wording.money($0, workspace.programme.programme.currency) } ?? "unknown"
        isFlagged = lost.outcome == .inTime
        outcome = Self.words(lost.outcome)
        by = lost.flaggedBy.map { $0.rules.map { verdict.rules[$0].title }.joined(separator: ", ") } ?? "–"
        lead = lost.leadDays.map { Wording.plural($0, "day", "days") } ?? "–"
        sentence = isFlagged || lost.outcome == .notJudged ? nil : verdict.sentence(lost)
    }

    private static func words(_ outcome: LostAccount.Outcome) -> String {
        switch outcome {
        case .inTime: "flagged in time"
        case .late: "flagged late"
        case .tooLate: "flagged too late"
        case .missed: "missed"
        case .notJudged: "not watched long enough"
        }
    }
}
