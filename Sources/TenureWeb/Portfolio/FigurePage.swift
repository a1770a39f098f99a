import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// One figure of revenue with every account that it is a sum over.
struct FigurePage: WholePage {
    var shell: Shell
    var asOf: String?
    let title: String
    let meaning: String
    let value: String
    let detail: String
    let period: String
    let back: String
    let rows: [Row]
    let isEmpty: Bool
    let hasWhole: Bool
    let part: String
    let whole: String
    let start: String
    let end: String
    let pages: PageLinks?

    struct Row {
        let name: String
        let link: String
        let start: String
        let end: String
        let part: String
        let whole: String
        let moves: [Move]
    }

    struct Move {
        let text: String
        let link: String
    }
}

extension FigurePage {
    init(
        shell: Shell, figure: RevenueFigure, report: RevenueReport, portfolio: Portfolio, query: PortfolioQuery,
        _ keys: WorkspaceKeys
    ) throws {
        let currency = portfolio.programme.programme.currency
        let (total, cohort) = (report.total(figure), report.cohort(figure))
        let name = ListName(list: "figure:" + figure.rawValue, question: query.identity, keys: keys)
        let part = try ListPart(cohort, name, cursor: query.cursor) { ListPlace(number: 0, id: $0.row.account.text) }
        let names = portfolio.names(of: part.items.map(\.row.account))
        self.shell = shell
        title = figure.title
        meaning = figure.meaning
        value = Wording.value(figure, total, currency)
        detail = Wording.sums(figure, total, currency)
        period = "\(Wording.day(query.period.from)) to \(Wording.day(query.period.to))"
        back = query.link(Links.portfolio, group: query.group)
        rows = part.items.map { row, share in
            Row(row, share, figure, names[row.account]?.name ?? row.account.text, currency)
        }
        isEmpty = cohort.isEmpty
        hasWhole = figure.unit == .percent
        self.part = Self.text(total.part, figure, currency)
        whole = Self.text(total.whole, figure, currency)
        start = Wording.hundredths(cohort.reduce(0) { $0 + $1.row.start }, currency)
        end = Wording.hundredths(cohort.reduce(0) { $0 + $1.row.end }, currency)
        pages = PageLinks(part, "account", "accounts") {
            query.link(Links.figure(figure.rawValue), group: query.group, cursor: $0)
        }
    }

    fileprivate static func text(_ sum: Int64, _ figure: RevenueFigure, _ currency: String) -> String {
        figure.counts ? String(sum) : Wording.hundredths(sum, currency)
    }
}

extension FigurePage.Row {
    fileprivate init(
        _ row: RevenueRow, _ share: RevenueShare, _ figure: RevenueFigure, _ name: String, _ currency: String
    ) {
        self.name = name
        link = Links.accountRevenue(row.account.text)
        start = Wording.hundredths(row.start, currency)
        end = Wording.hundredths(row.end, currency)
        part = FigurePage.text(share.part, figure, currency)
        whole = FigurePage.text(share.whole, figure, currency)
        let texts = row.movements.map { move in
            "\(Wording.day(move.day)): \(move.kind.rawValue) \(Wording.hundredths(move.amount, currency))"
        } + row.renewals.map { renewal in
            "\(Wording.day(renewal.due)): contract \(renewal.contract) \(renewal.outcome.rawValue), "
                + Wording.hundredths(renewal.target, currency)
                + (renewal.outcome == .open ? "" : " → " + Wording.hundredths(renewal.final, currency))
        }
        let link = Links.accountRevenue(row.account.text)
        moves = texts.map { FigurePage.Move(text: $0, link: link) }
    }
}
