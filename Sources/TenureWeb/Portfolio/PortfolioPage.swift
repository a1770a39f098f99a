import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// All accounts together: revenue, retention, health, and the same for each part of them.
struct PortfolioPage: WholePage {
    var shell: Shell
    var asOf: String?
    /// How many accounts, and the list of them.
    let count: String
    let accounts: String
    let period: String
    let from: String
    let to: String
    let filters: [FilterField]
    let isFiltered: Bool
    let home: String
    /// What is not money.
    let figures: String
    let choices: [Choice]
    let tiles: [Tile]
    let kpis: [KPIGroup]
    let hasKPIs: Bool
    let bridge: RevenueBridge
    let bands: [BandLine]
    let scores: Distribution
    let sections: [FigureSection]
    let group: GroupTable?
    let gaps: [GapLine]
    let hasGaps: Bool
    let gapsTitle: String

    struct Choice {
        let field: String
        let isCurrent: Bool
    }

    struct Tile {
        let title: String
        let value: String
        let detail: String
        let link: String
    }

    struct BandLine {
        let badge: BandBadge
        let count: String
        let arr: String
        /// 0…100, the share of accounts.
        let bar: Int
        let link: String
    }

    struct FigureSection {
        let id: String
        let title: String
        let lines: [FigureLine]
    }

    struct FigureLine {
        let title: String
        let meaning: String
        let value: String
        let detail: String
        let link: String
    }

    struct GroupTable {
        let title: String
        let rows: [GroupRow]
        let pages: PageLinks?
    }

    struct GroupRow {
        let name: String
        let link: String
        /// Each with the column's title.
        let cells: [NumberCell]
    }

    struct GapLine {
        let name: String
        let link: String
        let reason: String
    }
}

extension PortfolioPage {
    static let gapsMax = 20

    init(
        shell: Shell, query: PortfolioQuery, portfolio: Portfolio, report: RevenueReport, kpis: [KPIReading], _ keys: WorkspaceKeys
    ) throws {
        let currency = portfolio.programme.programme.currency
        self.shell = shell
        count = Wording.plural(portfolio.accounts.count, "account", "accounts")
        accounts = query.accounts()
        period = "revenue from \(Wording.day(query.period.from)) to \(Wording.day(query.period.to))"
        from = query.period.from.text
        to = query.period.to.text
        filters = query.filter.shown
        isFiltered = !query.filter.isEmpty
        home = Links.portfolio
        figures = query.link(Links.figures, group: nil)
        choices = portfolio.programme.programme.portfolioFields.map { field in
            Choice(field: field, isCurrent: query.group.map { isSame($0, field) } ?? false)
        }
        tiles = Self.tiles(portfolio, report, query, currency)
        let page = { (kpi: KPI) in query.link(Links.kpi(kpi.id), group: nil) }
        self.kpis = KPIGroup.all(kpis, portfolio.programme.programme, page: { page($0.kpi) }) { reading, _ in page(reading.kpi) }
        hasKPIs = !kpis.isEmpty
        bridge = RevenueBridge(report, currency)
        bands = Self.bands(portfolio, currency, query)
        scores = Self.scores(portfolio)
        sections = Self.sections(report, query, currency)
        group = try query.group.map { try Self.table($0, portfolio, report, query, keys) }
        gaps = Self.gaps(report, portfolio)
        hasGaps = !report.gaps.isEmpty
        gapsTitle = Wording.plural(report.gaps.count, "account is", "accounts are") + " in no figure of revenue"
    }

    static func words(_ field: String) -> String { field.split(separator: "_").joined(separator: " ") }

    private static func tiles(
        _ portfolio: Portfolio, _ report: RevenueReport, _ query: PortfolioQuery, _ currency: String
    ) -> [Tile] {
        let figures: [RevenueFigure] = [.arr, .nrr, .grr, .logoRetention]
        let score = portfolio.score
        func number(_ value: Double?) -> String { value.map { Wording.number($0) } ?? "–" }
        return figures.map { figure in
            let share = report.total(figure)
            return Tile(
                title: figure.title,
                value: figure == .arr
                    ? Wording.money(Double(share.part) / 100, currency) : Wording.value(figure, share, currency),
                detail: figure == .arr
                    ? "MRR \(Wording.hundredths(Int64(roundedQuotient(Int128(share.part), 12)), currency))"
                    : Wording.sums(figure, share, currency),
                link: query.link(Links.figure(figure.rawValue), group: nil))
        } + [
            Tile(
                title: "Health", value: number(score.mean),
                detail: "weighted by ARR \(number(score.weightedMean)); known of \(score.known)", link: query.accounts()),
            Tile(portfolio.activeWeekly, title: "Active this week", "accounts.active_weekly", query),
        ] + (portfolio.advancedAdopters.map { [Tile($0, title: "Use advanced features", "features.advanced_adopters", query)] } ?? [])
    }

    private static func bands(_ portfolio: Portfolio, _ currency: String, _ query: PortfolioQuery) -> [BandLine] {
        let all = max(1, portfolio.accounts.count)
        return portfolio.bands.map { band, count, arr in
            BandLine(
                badge: BandBadge(band), count: Wording.count(count), arr: Wording.hundredths(arr, currency), bar: count * 100 / all,
                link: query.accounts(band: band?.id ?? AccountList.unknownBand))
        }
    }

    /// Scores in steps of ten, coloured as the band in which a step begins.
    private static func scores(_ portfolio: Portfolio) -> Distribution {
        let bands = portfolio.programme.programme.health.bands
        return Distribution(
            id: "scores", title: "Accounts by score", values: portfolio.accounts.compactMap { $0.report.score.map { Double($0) } },
            range: 0...100, steps: 10, name: { from, to in "\(Int(from))–\(to < 100 ? Int(to) - 1 : 100)" },
            tone: { score in bands.filter { Double($0.from) <= score }.max { $0.from < $1.from }?.tone.rawValue ?? "" })
    }

    private static func gaps(_ report: RevenueReport, _ portfolio: Portfolio) -> [GapLine] {
        let shown = report.gaps.prefix(gapsMax)
        let names = portfolio.names(of: shown.map(\.account))
        return shown.map { gap in
            GapLine(
                name: names[gap.account]?.name ?? gap.account.text, link: Links.account(gap.account.text),
                reason: gap.reason.words)
        }
    }
}

extension PortfolioPage.Tile {
    fileprivate init(_ share: PortfolioShare, title: String, _ figure: String, _ query: PortfolioQuery) {
        self.init(
            title: title, value: share.percent.map { Wording.number($0) + " %" } ?? "–",
            detail: "\(share.part) of \(Wording.plural(share.whole, "account", "accounts")) in use", link: query.link(Links.portfolioFigure(figure), group: nil))
    }
}
