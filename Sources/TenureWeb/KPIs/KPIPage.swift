import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// One KPI: its definition, what it came to, and every account behind it.
struct KPIPage: WholePage {
    var shell: Shell
    var asOf: String?
    let title: String
    let meaning: String
    let formula: String
    let back: String
    let line: KPILine
    let bands: [Band]
    let hasBands: Bool
    /// The rate of revenue that it is, with its accounts; nil: it is made of metrics.
    let figure: String?
    let columns: [String]
    let rows: [Row]
    let hasRows: Bool
    let pages: PageLinks?

    struct Band {
        let badge: BandBadge
        let edge: String
    }

    struct Row {
        let name: String
        let link: String
        let cells: [NumberCell]
        let part: String
        /// nil: the account has none of its own.
        let badge: BandBadge?
    }
}

extension KPIPage {
    init(shell: Shell, reading: KPIReading, rows: [KPIAccount], _ programme: Programme, query: PortfolioQuery, _ keys: WorkspaceKeys) throws {
        let (kpi, words) = (reading.kpi, KPIWords(programme))
        let unit = KPIUnit(kpi, programme)
        self.shell = shell
        title = kpi.title
        meaning = kpi.meaning
        formula = words.formula(kpi)
        back = query.link(Links.portfolio, group: query.group) + "#kpis"
        line = KPILine(reading, programme, page: "#accounts", link: "#accounts", before: "#accounts")
        bands = kpi.bands.map { Band(badge: BandBadge($0), edge: $0.edge.map { unit.text($0) } ?? "the rest") }
        hasBands = !bands.isEmpty
        figure = kpi.figure.map { query.link(Links.figure($0), group: nil) }
        let titles = kpi.metrics.map { words.title($0) }
        let columns = titles + titles.map { $0 + ", \(kpi.trendDays) d before" }
        self.columns = columns
        let name = ListName(list: "kpi:" + kpi.id, question: query.identity, keys: keys)
        let part = try ListPart(rows, name, cursor: query.cursor) { ListPlace(number: 0, id: $0.report.id.text) }
        self.rows = part.items.map { Row($0, kpi, columns, programme) }
        hasRows = !rows.isEmpty
        pages = PageLinks(part, "account", "accounts") { query.link(Links.kpi(kpi.id), group: query.group, cursor: $0) + "#accounts" }
    }
}

extension KPIPage.Row {
    fileprivate init(_ account: KPIAccount, _ kpi: KPI, _ columns: [String], _ programme: Programme) {
        let id = account.report.id.text
        let day = account.report.today + -Int32(kpi.trendDays)
        name = account.report.name
        link = Links.account(id)
        let now = zip(kpi.metrics, account.now).map { ($0, $1, nil as Day?) }
        let then = zip(kpi.metrics, account.then).map { ($0, $1, Optional(day)) }
        cells = zip(columns, now + then).map { title, found in
            let (metric, value, day) = found
            let text = value.flatMap { programme.text($0, of: metric) } ?? "unknown"
            // A day that was not kept, or at which nothing was known, has no page to open.
            return NumberCell(
                title: title, text: text, link: value == nil && day != nil ? Links.account(id) : Links.metric(id, metric.text, on: day))
        }
        part = account.words
        badge = kpi.isOfAccounts && !kpi.bands.isEmpty ? BandBadge(account.band) : nil
    }
}

extension KPI {
    /// The figure of revenue that it is; nil: it is made of metrics.
    var figure: String? {
        if case .revenue(let rate) = measure { rate.rawValue } else { nil }
    }
}
