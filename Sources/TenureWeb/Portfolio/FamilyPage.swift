import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// The accounts above and below one, and what they come to together.
struct FamilyPage {
    let shell: Shell
    let name: String
    let account: String
    let parent: Member?
    let members: [Member]
    let pages: PageLinks?
    let columns: [String]
    let lines: [Line]
    let hasLines: Bool
    let flaws: [String]

    struct Member {
        let name: String
        let link: String
        let arr: String
        let revenue: String
        let score: String
        let badge: BandBadge
        /// In the order of the page's columns.
        let values: [NumberCell]
    }

    struct Line {
        let title: String
        let kind: String
        let value: String
        let detail: String
    }
}

extension FamilyPage {
    /// - Parameter cursor: of the members; nil: the account itself first.
    init(shell: Shell, name: String, account: AccountID, view: FamilyView, cursor: String?, _ keys: WorkspaceKeys) throws {
        let list = ListName(list: "family", question: account.text, keys: keys)
        let part = try ListPart(Array(view.family.members.enumerated()), list, cursor: cursor) {
            ListPlace(number: Int64($0.offset), id: "")
        }
        self.shell = shell
        self.name = name
        self.account = Links.account(account.text)
        parent = view.family.parent.map { Member($0, view, place: nil) }
        members = part.items.map { Member($1, view, place: $0) }
        pages = PageLinks(part, "account", "accounts") { Links.with(Links.family(account.text), [("cursor", $0)]) }
        columns = view.shownColumns.map { $0.measure.title(view.programme) }
        lines = view.lines.map { line in
            Line(
                title: line.title(view), kind: line.declared.kind.words, value: line.text(view) ?? "–",
                detail: "known of \(line.rollUp.counted(line.declared.kind)) of "
                    + Wording.plural(line.rollUp.accounts, "account", "accounts"))
        }
        hasLines = !lines.isEmpty
        let names = Dictionary(view.family.members.map { ($0.id, $0.report.name) }) { first, _ in first }
        flaws = view.family.flaws.map { "\(names[$0.account] ?? $0.account.text): \($0.kind.words)" }
    }
}

extension FamilyPage.Member {
    /// - Parameter place: among the members; nil: the account above them, of which nothing is rolled up.
    fileprivate init(_ account: AccountRow, _ view: FamilyView, place: Int?) {
        let id = account.id.text
        name = account.report.name
        link = Links.account(id)
        arr = account.arr.hundredths.map { Wording.hundredths($0, view.programme.programme.currency) } ?? "–"
        revenue = Links.accountRevenue(id)
        score = account.report.score.map { String($0) } ?? "–"
        badge = BandBadge(account.report.band)
        values = place.map { place in
            view.shownColumns.map { column in
                NumberCell(
                    title: column.measure.title(view.programme),
                    text: column.values[place].map { column.measure.text($0, view.programme) } ?? "–",
                    link: column.measure.link(id))
            }
        } ?? []
    }
}

extension FamilyView {
    /// Score and ARR of each member are shown anyway.
    fileprivate var shownColumns: [Column] { columns.filter { $0.measure != .score && $0.measure != .arr } }
}

extension FamilyView.Line {
    fileprivate func title(_ view: FamilyView) -> String {
        PortfolioMeasure(declared.measure, view.programme)?.title(view.programme) ?? declared.measure
    }

    /// nil: unknown.
    fileprivate func text(_ view: FamilyView) -> String? {
        value.map { PortfolioMeasure(declared.measure, view.programme)?.text($0, view.programme) ?? Wording.number($0) }
    }
}

extension PortfolioMeasure {
    fileprivate func title(_ programme: CompiledProgramme) -> String {
        switch self {
        case .score: "Health"
        case .arr: "ARR"
        case .field(let name): programme.programme.accountField(name)?.title ?? name
        case .metric(let reference): programme.title(ofMetric: reference.text)
        }
    }

    fileprivate func text(_ value: Double, _ programme: CompiledProgramme) -> String {
        let currency = programme.programme.currency
        switch self {
        case .score: return Wording.number(value)
        case .arr: return Wording.money(value, currency)
        case .field(let name):
            return programme.programme.accountField(name)?.kind == .money ? Wording.money(value, currency) : Wording.number(value, places: 2)
        case .metric(let reference): return programme.programme.text(value, of: reference)
        }
    }

    fileprivate func link(_ account: String) -> String {
        switch self {
        case .score: Links.account(account)
        case .arr: Links.accountRevenue(account)
        case .field(let name): Links.told(account, .field, name)
        case .metric(let reference): Links.metric(account, reference.text)
        }
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
