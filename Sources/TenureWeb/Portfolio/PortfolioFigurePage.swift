import TenureCore
import TenureEngine
import TenureInsight

/// One figure with every account that it is made of, each of which opens into its own explanation.
struct PortfolioFigurePage {
    let shell: Shell
    let back: String
    let title: String
    let meaning: String
    let formula: String
    let window: String
    /// nil: it meets none.
    let requirements: String?
    let value: String
    let detail: String
    let partTitle: String
    let hasWhole: Bool
    let rows: [Row]
    let hasRows: Bool
    let more: String?

    struct Row {
        let name: String
        let account: String
        let link: String
        let part: String
        let whole: String
        let hasWhole: Bool
        let partTitle: String
    }

    /// More rows than this are for the API.
    static let rowsMax = 500
}

extension PortfolioFigurePage {
    init(
        shell: Shell, figure: PortfolioFigure, query: PortfolioQuery, portfolio: Portfolio, play: String?,
        _ snapshot: (AccountState) -> Snapshot
    ) {
        let parts = portfolio.keeps(figure) ? portfolio.parts(of: figure, snapshot) : []
        let total = PortfolioTotal(figure, parts.map(\.part))
        self.shell = shell
        back = query.link(Links.figures, group: nil)
        title = figure.title + (play.map { ", \($0)" } ?? "")
        meaning = figure.meaning
        formula = figure.formula
        window = figure.window
        requirements = figure.requirements.isEmpty ? nil : figure.requirements.joined(separator: ", ")
        value = Wording.value(figure, total)
        detail = Wording.sums(figure, total)
        let (partTitle, hasWhole) = figure.unit == .days ? ("Days", false) : ("Adds", total.whole != 0)
        (self.partTitle, self.hasWhole) = (partTitle, hasWhole)
        rows = parts.prefix(Self.rowsMax).map { Row($0, figure, portfolio, partTitle, hasWhole) }
        hasRows = !parts.isEmpty
        more = parts.count > Self.rowsMax ? Wording.plural(parts.count - Self.rowsMax, "other", "others") : nil
    }
}

extension PortfolioFigurePage.Row {
    fileprivate init(
        _ row: (account: PortfolioAccount, part: PortfolioPart), _ figure: PortfolioFigure, _ portfolio: Portfolio,
        _ partTitle: String, _ hasWhole: Bool
    ) {
        let id = row.account.state.id.text
        name = row.account.report.name
        account = Links.account(id)
        link = Self.explanation(figure, id, portfolio)
        part = Wording.number(row.part.part, places: 2) + (row.part.isReached ? "" : ", waits")
        whole = Wording.number(row.part.whole, places: 2)
        (self.hasWhole, self.partTitle) = (hasWhole, partTitle)
    }

    /// Where the account's own number is taken apart.
    private static func explanation(_ figure: PortfolioFigure, _ id: String, _ portfolio: Portfolio) -> String {
        switch figure.source {
        case .activeWeekly, .advancedAdopters: Links.account(id) + "?events=true"
        case .having(let name), .pooled(let name), .portion(let name, _), .sum(let name), .median(let name):
            Links.metric(id, name)
        case .plays: Links.account(id)
        }
    }
}
