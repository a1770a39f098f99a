import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// One figure with every account that it is made of, each of which opens into its own explanation.
struct PortfolioFigurePage: WholePage {
    var shell: Shell
    var asOf: String?
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
    let pages: PageLinks?

    struct Row {
        let name: String
        let account: String
        let link: String
        let part: String
        let whole: String
        let hasWhole: Bool
        let partTitle: String
    }
}

extension PortfolioFigurePage {
    init(
        shell: Shell, figure: PortfolioFigure, query: PortfolioQuery, portfolio: Portfolio, play: Play?, _ keys: WorkspaceKeys
    ) throws {
        let parts = portfolio.parts(of: figure)
        let total = PortfolioTotal(figure, parts.map(\.part))
        let name = ListName(list: "figure:\(figure.id):\(play?.id ?? "")", question: query.identity, keys: keys)
        let shown = try ListPart(parts, name, cursor: query.cursor) { ListPlace(number: 0, id: $0.account.row.id.text) }
        self.shell = shell
        back = query.link(Links.figures, group: nil)
        title = figure.title + (play.map { ", \($0.title)" } ?? "")
        meaning = figure.meaning
        formula = figure.formula
        window = figure.window
        requirements = figure.requirements.isEmpty ? nil : figure.requirements.joined(separator: ", ")
        value = Wording.value(figure, total)
        detail = Wording.sums(figure, total)
        let (partTitle, hasWhole) = figure.unit == .days ? ("Days", false) : ("Adds", total.whole != 0)
        (self.partTitle, self.hasWhole) = (partTitle, hasWhole)
        rows = shown.items.map { Row($0, figure, partTitle, hasWhole) }
        hasRows = !parts.isEmpty
        pages = PageLinks(shown, "account", "accounts") {
            query.link(Links.portfolioFigure(figure.id), group: query.group, play: play?.id, cursor: $0)
        }
    }
}

extension PortfolioFigurePage.Row {
    fileprivate init(
        _ row: (account: PortfolioAccount, part: PortfolioPart), _ figure: PortfolioFigure, _ partTitle: String, _ hasWhole: Bool
    ) {
        let id = row.account.row.id.text
        name = row.account.report.name
        account = Links.account(id)
        link = Self.explanation(figure, id)
        part = Wording.number(row.part.part, places: 2) + (row.part.isReached ? "" : ", waits")
        whole = Wording.number(row.part.whole, places: 2)
        (self.hasWhole, self.partTitle) = (hasWhole, partTitle)
    }

    /// Where the account's own number is taken apart.
    private static func explanation(_ figure: PortfolioFigure, _ id: String) -> String {
        switch figure.source {
        case .activeWeekly, .advancedAdopters: Links.account(id) + "?events=true"
        case .having(let name), .pooled(let name), .portion(let name, _), .sum(let name), .median(let name):
            Links.metric(id, name)
        case .plays: Links.account(id)
        }
    }
}
