import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// One figure of revenue with every account that it is a sum over.
struct FigurePage {
    let shell: Shell
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
    let more: String?

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

    /// More rows than this are for the API.
    static let rowsMax = 500
}

extension FigurePage {
    init(shell: Shell, figure: RevenueFigure, report: RevenueReport, portfolio: Portfolio, query: PortfolioQuery) {
        let currency = portfolio.programme.programme.currency
        let (total, cohort, names) = (report.total(figure), report.cohort(figure), portfolio.names)
        self.shell = shell
        title = figure.title
        meaning = figure.meaning
        value = Wording.value(figure, total, currency)
        detail = Wording.sums(figure, total, currency)
        period = "\(Wording.day(query.period.from)) to \(Wording.day(query.period.to))"
        back = query.link(Links.portfolio, group: query.group)
        rows = cohort.prefix(Self.rowsMax).map { row, share in
            Row(row, share, figure, names[row.account]?.name ?? row.account.text, currency)
        }
        isEmpty = cohort.isEmpty
        hasWhole = figure.unit == .percent
        part = Self.text(total.part, figure, currency)
        whole = Self.text(total.whole, figure, currency)
        start = Wording.hundredths(cohort.reduce(0) { $0 + $1.row.start }, currency)
        end = Wording.hundredths(cohort.reduce(0) { $0 + $1.row.end }, currency)
        more = cohort.count > Self.rowsMax ? "\(cohort.count - Self.rowsMax) more are in the API." : nil
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
