import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

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
        _ field: String, _ portfolio: Portfolio, _ report: RevenueReport, _ query: PortfolioQuery, _ currency: String
    ) -> GroupTable {
        let groups = portfolio.grouped(by: field)
        let reports = report.split(groups.map { $0.portfolio.accounts.map(\.state.id) })
        let rows = zip(groups, reports).map { group, report in
            GroupRow(
                group.value, group.portfolio, report, currency,
                link: group.value.map { query.link(Links.portfolio, group: nil, adding: (field, $0)) })
        }
        return GroupTable(title: "By " + words(field), rows: rows)
    }
}

extension PortfolioPage.GroupRow {
    fileprivate init(
        _ value: String?, _ portfolio: Portfolio, _ report: RevenueReport, _ currency: String, link: String?
    ) {
        func rate(_ figure: RevenueFigure) -> String { Wording.value(figure, report.total(figure), currency) }
        func number(_ value: Double?) -> String { value.map { Wording.number($0) } ?? "–" }
        name = value ?? "none"
        self.link = link
        accounts = String(portfolio.accounts.count)
        arr = Wording.hundredths(portfolio.arr, currency)
        health = number(portfolio.score.mean)
        weighted = number(portfolio.score.weightedMean)
        nrr = rate(.nrr)
        grr = rate(.grr)
        logo = rate(.logoRetention)
    }
}
