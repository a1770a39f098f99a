import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Which accounts a list shows, in which order, from where on.
struct AccountQuery: Sendable {
    enum Sort: String, Sendable, CaseIterable { case score, name, arr, change, notice }

    var band: String?
    var owner: String?
    var search: String?
    /// As portfolios are cut.
    var filter = PortfolioFilter.none
    var sort = Sort.score
    var isDescending = false
    var limit = WebLimits.pageItemsDefault
    var cursor: String?
    /// Those of a person's own, behind what the list has anyway.
    var columns: [ListColumn] = []

    private static let names: Set<String> = ["band", "owner", "q", "sort", "limit", "cursor", "columns", "column"]

    init(_ call: Call, _ workspace: Workspace) throws {
        try self.init(try NamedTexts(encoded: call.rawQuery), workspace)
    }

    init(_ texts: NamedTexts, _ workspace: Workspace) throws {
        try self.init(texts, workspace.programme.programme)
        columns = try ListColumn.read(texts, workspace.programme)
    }

    private init(_ texts: NamedTexts, _ programme: Programme) throws {
        let query = try texts.allowing(Self.names.union(PortfolioFilter.names(programme)))
        filter = try PortfolioFilter(query, programme)
        band = query.filled("band")
        owner = query.filled("owner")
        search = query.filled("q")
        limit = try ListLimit.read(query)
        cursor = query.filled("cursor")
        guard let text = query.filled("sort") else { return }
        isDescending = text.hasPrefix("-")
        guard let sort = Sort(rawValue: isDescending ? String(text.dropFirst()) : text) else {
            throw Problem(
                .invalidParameter,
                "sort is one of " + Sort.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        self.sort = sort
    }

    /// Of every account that the filter takes.
    func slots(_ table: AccountTable) -> [Int] {
        filter.isEmpty ? Array(table.rows.indices) : table.rows.indices.filter { filter.takes(table.rows[$0]) }
    }

    var sortText: String { (isDescending ? "-" : "") + sort.rawValue }

    /// The query without its place: a cursor belongs to one of these only.
    var identity: String { ([band, owner, search, sortText] + filter.items.flatMap { [$0.0, $0.1] }).map { $0 ?? "" }.joined(separator: "\u{1}") }

    /// The query without its place, as it stands behind the question mark of an address.
    var text: String { String(link("", cursor: nil).dropFirst()) }

    /// The same query as an address.
    func link(_ path: String, cursor: String? = nil, sort: String? = nil) -> String {
        Links.with(
            path,
            [
                ("band", band), ("owner", owner), ("q", search),
                ("sort", sort ?? (sortText == "score" ? nil : sortText)),
                ("limit", limit == WebLimits.pageItemsDefault ? nil : String(limit)), ("cursor", cursor),
                ("columns", columns.isEmpty ? nil : columns.map(\.id).joined(separator: ",")),
            ] + filter.items)
    }
}

/// One page of the portfolio.
struct AccountList {
    let part: ListPart<AccountRow>

    /// In order.
    var rows: [AccountRow] { part.items }

    init(_ query: AccountQuery, _ workspace: Workspace) throws {
        let table = workspace.table()
        try self.init(query, query.slots(table), table, workspace)
    }

    /// - Parameter slots: of every account that the query's filter takes.
    init(_ query: AccountQuery, _ slots: [Int], _ table: AccountTable, _ workspace: Workspace) throws {
        let bands = workspace.programme.programme.health.bands
        if let band = query.band, band != Self.unknownBand, !bands.contains(where: { $0.id == band }) {
            throw Problem(.invalidParameter, "There is no band called \(band).")
        }
        let name = ListName(list: "accounts", question: query.identity, keys: workspace.keys)
        let order = AccountOrder(query, table)
        part = try ListPart(
            query.taken(slots, table, bands).map { order.placed($0) }, name, cursor: query.cursor, limit: query.limit,
            start: { order.placed($0) }, place: { order.place($0) }, item: { table.rows[$0.slot] })
    }

    /// Every account that a query finds, in its order.
    static func accounts(_ texts: NamedTexts, _ workspace: Workspace) throws -> [AccountID] {
        var query = try AccountQuery(texts, workspace)
        (query.limit, query.cursor) = (.max, nil)
        return try AccountList(query, workspace).rows.map(\.id)
    }

    /// Accounts whose score cannot be told.
    static let unknownBand = "unknown"
}

extension AccountQuery {
    fileprivate func taken(_ slots: [Int], _ table: AccountTable, _ bands: [HealthBand]) -> [Int] {
        let isOfBand = band.map { band in bands.map { isSame($0.id, band) } + [isSame(AccountList.unknownBand, band)] }
        let person = owner.map { table.people.number(of: $0) }
        let ranks = search.map { table.ranks(of: FoldedText($0)) }
        return slots.filter { slot in
            let figures = table.figures[slot]
            if let isOfBand, !isOfBand[figures.band.map { Int($0) } ?? bands.count] { return false }
            if let person, person == nil || figures.owner != person { return false }
            return ranks.map { $0[slot] != TextColumn.none } ?? true
        }
    }
}

extension AccountTable {
    /// By slot: how well the account's name or id fits.
    fileprivate func ranks(of wanted: FoldedText) -> [UInt8] {
        var ranks = Array(repeating: TextColumn.none, count: rows.count)
        names.rank(wanted, into: &ranks)
        externalIDs.rank(wanted, into: &ranks)
        return ranks
    }
}

/// The order of a list of accounts. What is unknown comes last in either direction.
private struct AccountOrder {
    private let sort: AccountQuery.Sort
    private let isDescending: Bool
    private let table: AccountTable

    init(_ query: AccountQuery, _ table: AccountTable) {
        sort = query.sort
        isDescending = query.isDescending
        self.table = table
    }

    func placed(_ slot: Int) -> Placed {
        let text = sort == .name ? table.namePlace(of: slot) : 0
        return Placed(number: number(slot), text: isDescending ? -text : text, id: table.idPlace(of: slot), slot: slot)
    }

    func placed(_ place: ListPlace) -> Placed {
        Placed(place, text: sort == .name ? table.namePlace(of: place.text) : 0, id: table.idPlace(of: place.id))
    }

    /// For a cursor.
    func place(_ row: AccountRow) -> ListPlace {
        guard let slot = table.slot(of: row.id) else { return ListPlace(number: nil, id: row.id.text) }
        guard sort == .name else { return ListPlace(number: number(slot), id: row.id.text) }
        return ListPlace(number: 0, text: table.orderedName(of: slot), id: row.id.text, isReversed: isDescending)
    }

    private func number(_ slot: Int) -> Int64? {
        let figures = table.figures[slot]
        let number: Int64? =
            switch sort {
            case .score: figures.score.map { Int64($0) }
            case .arr: figures.arrField
            case .change: figures.change.map { Int64($0) }
            case .notice: figures.noticeBy.map { Int64($0.number) }
            case .name: 0
            }
        return isDescending ? number.map { 0 &- $0 } : number
    }
}
