import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

extension PortfolioPage {
    private static let parts: [(id: String, title: String, figures: [RevenueFigure])] = [
        ("retention", "Retention of the cohort", [.nrr, .grr, .logoRetention, .expansionRate]),
        (
            "moves", "What moved",
            [.arrAtStart, .newARR, .expansion, .reactivation, .winback, .contraction, .churn, .arr, .currencyEffect]
        ),
        (
            "churn", "Churn",
            [.logoChurn, .grossChurn, .netChurn, .voluntaryChurn, .involuntaryChurn, .unsaidChurn, .surprise]
        ),
        ("renewals", "Contracts due", [.grossRenewal, .netRenewal]),
        ("variants", "By movements", [.movedNRR, .movedNRRReactivated, .movedGRR, .chartMogulChurn]),
    ]

    static func sections(_ report: RevenueReport, _ query: PortfolioQuery, _ currency: String) -> [FigureSection] {
        parts.map { part in
            FigureSection(
                id: part.id, title: part.title,
                lines: part.figures.map { figure in
                    let share = report.total(figure)
                    return FigureLine(
                        title: figure.title, meaning: figure.meaning, value: Wording.value(figure, share, currency),
                        detail: Wording.sums(figure, share, currency),
                        link: query.link(Links.figure(figure.rawValue), group: nil))
                })
        }
    }

    static func table(
        _ field: String, _ portfolio: Portfolio, _ report: RevenueReport, _ query: PortfolioQuery, _ keys: WorkspaceKeys
    ) throws -> GroupTable {
        let name = ListName(list: "groups", question: query.identity, keys: keys)
        // Accounts without a value stand last.
        let part = try ListPart(portfolio.grouped(by: field), name, cursor: query.cursor) { group in
            ListPlace(number: group.value == nil ? nil : 0, id: group.value ?? "")
        }
        let reports = report.split(part.items.map { $0.portfolio.accounts.map(\.row.id) })
        let currency = portfolio.programme.programme.currency
        let rows = zip(part.items, reports).map { group, report in
            GroupRow(group.portfolio, report, currency, (field, group.value), query)
        }
        return GroupTable(
            title: "By " + words(field), rows: rows,
            pages: PageLinks(part, "group", "groups") { query.link(Links.portfolio, group: field, cursor: $0) + "#groups" })
    }
}

extension PortfolioPage.GroupRow {
    fileprivate init(
        _ portfolio: Portfolio, _ report: RevenueReport, _ currency: String, _ group: (field: String, value: String?),
        _ query: PortfolioQuery
    ) {
        let accounts = query.accounts(adding: group)
        func number(_ value: Double?) -> String { value.map { Wording.number($0) } ?? "–" }
        func rate(_ figure: RevenueFigure, _ title: String) -> NumberCell {
            NumberCell(
                title: title, text: Wording.value(figure, report.total(figure), currency),
                link: query.link(Links.figure(figure.rawValue), group: nil, adding: group))
        }
        name = group.value ?? "none"
        link = query.link(Links.portfolio, group: nil, adding: group)
        cells = [
            NumberCell(title: "Accounts", text: Wording.count(portfolio.accounts.count), link: accounts),
            NumberCell(title: "ARR today", text: Wording.hundredths(portfolio.arr, currency), link: accounts),
            NumberCell(title: "Health", text: number(portfolio.score.mean), link: accounts),
            NumberCell(title: "by ARR", text: number(portfolio.score.weightedMean), link: accounts),
            rate(.nrr, "NRR"), rate(.grr, "GRR"), rate(.logoRetention, "Logos kept"),
        ]
    }
}
