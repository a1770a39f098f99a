import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// The portfolio as a table.
struct AccountListPage {
    let shell: Shell
    let summary: String
    let search: String
    let sort: String
    let filters: [FilterField]
    let bands: [BandFilter]
    let owners: [OwnerChoice]
    let columns: [Column]
    private(set) var rows: [Row]
    let bulk: BulkForm
    let views: ViewBar
    private(set) var own: ColumnBar?
    var formToken = ""
    let isEmpty: Bool
    let pages: PageLinks?
    let isFiltered: Bool
    let home: String
    let definitions: [Definition]

    struct BandFilter {
        let badge: BandBadge
        let count: String
        let link: String
        let isCurrent: Bool
    }

    struct OwnerChoice {
        let name: String
        let isCurrent: Bool
    }

    struct Column {
        let title: String
        let isNumber: Bool
        /// nil: the list cannot be ordered by it.
        let link: String?
        /// `ascending`, `descending` or `none`.
        let order: String
        let mark: String
    }

    struct Row {
        let id: String
        var isTicked: Bool
        /// Of the columns that a person added.
        var own: [ColumnBar.Cell]
        let link: String
        let name: String
        let tier: String?
        let score: String
        let badge: BandBadge
        let change: String?
        /// `up`, `down`, `level`.
        let direction: String
        /// Four weeks; nil: too few days are known.
        let spark: Sparkline?
        let arr: String?
        let owner: String?
        let signals: String?
        let severity: String
        let notice: String?
        let isNoticeNear: Bool
        let arrLink: String
        let noticeLink: String
    }
}

extension AccountListPage {
    init(
        shell: Shell, query: AccountQuery, list: AccountList, tally: AccountTally, bulk: BulkForm,
        views: ViewBar, programme: Programme,
        daily: (AccountRow) -> [HealthConclusions.DailyScore]
    ) {
        self.shell = shell
        self.bulk = bulk
        self.views = views
        summary = Wording.plural(list.part.total, "account", "accounts")
        search = query.search ?? ""
        sort = query.sortText
        filters = query.filter.shown
        bands = Self.filters(query, tally, programme.health.bands)
        owners = tally.owners.map { OwnerChoice(name: $0, isCurrent: $0 == query.owner) }
        columns = Self.columns(query)
        rows = list.rows.map { Row($0.report, daily($0), currency: programme.currency) }
        isEmpty = list.rows.isEmpty
        pages = PageLinks(list.part, "account", "accounts") { query.link(Links.accounts, cursor: $0) }
        isFiltered = query.band != nil || query.owner != nil || query.search != nil || !query.filter.isEmpty
        home = Links.accounts
        definitions = Definition.accountNumbers
    }

    /// However many somebody asks for: a row has some 1,450 bytes, and some 220 for each column of a person's own.
    static func rowsMax(columns: Int) -> Int { min(80, 120_000 / (1_450 + 220 * columns)) }

    /// What a person had ticked in a form that came back.
    mutating func tick(_ accounts: Set<String>) {
        for place in rows.indices { rows[place].isTicked = accounts.contains(rows[place].id) }
    }

    mutating func add(_ columns: [ListColumn], _ bar: ColumnBar, of list: AccountList, in workspace: Workspace) {
        own = bar
        for (place, row) in list.rows.enumerated() { rows[place].own = columns.cells(of: row.id, in: workspace) }
    }

    private static func filters(
        _ query: AccountQuery, _ tally: AccountTally, _ bands: [HealthBand]
    ) -> [BandFilter] {
        let known = zip(bands, tally.bands).map { ($0.id, BandBadge($0), $1) }
        let unknown = (AccountList.unknownBand, BandBadge(HealthBand?.none), tally.unknown)
        return (known + [unknown]).map { id, badge, count in
            let isCurrent = query.band == id
            var other = query
            other.band = isCurrent ? nil : id
            return BandFilter(
                badge: badge, count: Wording.count(count), link: other.link(Links.accounts), isCurrent: isCurrent)
        }
    }

    private static func columns(_ query: AccountQuery) -> [Column] {
        [
            column("Account", .name, query), column("Health", .score, query),
            column("7 days", .change, query, isNumber: true), column("ARR", .arr, query, isNumber: true),
            column("Owner", nil, query), column("Signals", nil, query), column("Notice by", .notice, query),
        ]
    }

    /// Following the header of the current order turns it around.
    private static func column(
        _ title: String, _ sort: AccountQuery.Sort?, _ query: AccountQuery, isNumber: Bool = false
    ) -> Column {
        guard let sort else {
            return Column(title: title, isNumber: isNumber, link: nil, order: "none", mark: "")
        }
        let isCurrent = query.sort == sort
        let target = isCurrent && !query.isDescending ? "-" + sort.rawValue : sort.rawValue
        return Column(
            title: title, isNumber: isNumber, link: query.link(Links.accounts, sort: target),
            order: isCurrent ? (query.isDescending ? "descending" : "ascending") : "none",
            mark: isCurrent ? (query.isDescending ? "↓" : "↑") : "")
    }
}

extension AccountListPage.Row {
    init(_ row: AccountReport, _ daily: [HealthConclusions.DailyScore], currency: String) {
        id = row.id.text
        isTicked = false
        own = []
        link = Links.account(row.id.text)
        arrLink = Links.told(row.id.text, .field, "arr")
        noticeLink = Links.told(row.id.text, .field, "notice_by")
        name = row.name
        tier = row.tier
        score = row.score.map { String($0) } ?? "–"
        badge = BandBadge(row.band)
        change = row.change.map { Wording.change($0) }
        direction = row.change.map { $0 > 0 ? "up" : $0 < 0 ? "down" : "level" } ?? "level"
        spark = Sparkline(daily, to: row.today + -1)
        arr = row.arr.map { Wording.money($0, currency) }
        owner = row.owner
        signals = row.worstSignal.map { worst in
            row.openSignals > 1 ? "\(worst.title) and \(row.openSignals - 1) more" : worst.title
        }
        severity = row.worstSignal?.severity.rawValue ?? "none"
        notice = row.noticeBy.map { Wording.day($0) }
        isNoticeNear = row.isNoticeNear(days: 90)
    }
}
