import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// The accounts above and below one, and what they come to together.
struct FamilyPage {
    let shell: Shell
    let name: String
    let account: String
    let parent: Member?
    let members: [Member]
    let lines: [Line]
    let hasLines: Bool
    let flaws: [String]

    struct Member {
        let name: String
        let link: String
        let arr: String
        let score: String
        let badge: BandBadge
    }

    struct Line {
        let title: String
        let kind: String
        let value: String
        let detail: String
    }
}

extension FamilyPage {
    init(shell: Shell, name: String, account: AccountID, view: FamilyView) {
        self.shell = shell
        self.name = name
        self.account = Links.account(account.text)
        parent = view.family.parent.map { Member($0, view.currency) }
        members = view.family.members.map { Member($0, view.currency) }
        lines = view.lines.map { line in
            Line(
                title: line.declared.measure, kind: line.declared.kind.words,
                value: line.value.map { Wording.number($0, places: 2) } ?? "–",
                detail: "known of \(line.rollUp.known) of \(Wording.plural(line.rollUp.accounts, "account", "accounts"))")
        }
        hasLines = !lines.isEmpty
        let names = Dictionary(view.family.members.map { ($0.state.id, $0.report.name) }) { first, _ in first }
        flaws = view.family.flaws.map { "\(names[$0.account] ?? $0.account.text): \($0.kind.words)" }
    }
}

extension FamilyPage.Member {
    fileprivate init(_ account: PortfolioAccount, _ currency: String) {
        name = account.report.name
        link = Links.account(account.state.id.text)
        arr = account.arr.hundredths.map { Wording.hundredths($0, currency) } ?? "–"
        score = account.report.score.map { String($0) } ?? "–"
        badge = BandBadge(account.report.band)
    }
}

extension FamilyRollUp.Kind {
    fileprivate var words: String {
        switch self {
        case .sum: "sum"
        case .mean: "mean"
        case .minimum: "minimum"
        case .arrWeighted: "mean weighted by ARR"
        }
    }
}

extension AccountTree.Flaw.Kind {
    fileprivate var words: String {
        switch self {
        case .unknownParent: "its parent is not known"
        case .circle: "it is its own ancestor, so its parent is left out"
        case .tooDeep: "it is more than \(AccountTree.depthMax) levels deep, so its parent is left out"
        }
    }
}
