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
    func rows(_ workspace: Workspace) -> [AccountRow] {
        filter.isEmpty ? workspace.rows() : workspace.rows().filter { filter.takes($0) }
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
        try self.init(query, query.rows(workspace), workspace)
    }

    init(_ query: AccountQuery, _ all: [AccountRow], _ workspace: Workspace) throws {
        if let band = query.band, band != Self.unknownBand,
            !workspace.programme.programme.health.bands.contains(where: { $0.id == band })
        {
            throw Problem(.invalidParameter, "There is no band called \(band).")
        }
        let name = ListName(list: "accounts", question: query.identity, keys: workspace.keys)
        part = try ListPart(query.taken(all), name, cursor: query.cursor, limit: query.limit) { query.place($0) }
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
    fileprivate func taken(_ rows: [AccountRow]) -> [AccountRow] {
        let wanted = search.map { FoldedText($0) }
        return rows.filter { row in
            if let band, !isSame(row.report.band?.id ?? AccountList.unknownBand, band) { return false }
            if let owner, row.report.owner.map({ isSame($0, owner) }) != true { return false }
            return wanted.map { row.searchTexts.isNamed($0) } ?? true
        }
    }

    /// What is unknown comes last in either direction.
    fileprivate func place(_ row: AccountRow) -> ListPlace {
        let report = row.report
        switch sort {
        case .score: return place(report.score.map { Int64($0) }, row)
        case .arr: return place(report.arr.flatMap { Int64(exactly: ($0 * 100).rounded()) }, row)
        case .change: return place(report.change.map { Int64($0) }, row)
        case .notice: return place(report.noticeBy.map { Int64($0.number) }, row)
        case .name: return ListPlace(number: 0, text: row.searchTexts.name.text, id: row.id.text, isReversed: isDescending)
        }
    }

    private func place(_ number: Int64?, _ row: AccountRow) -> ListPlace {
        ListPlace(number: number.map { isDescending ? -$0 : $0 }, id: row.id.text)
    }
}
