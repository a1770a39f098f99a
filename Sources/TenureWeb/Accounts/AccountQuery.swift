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
    func reports(_ workspace: Workspace) -> [AccountReport] {
        workspace.rows().filter { filter.takes($0) }.map(\.report)
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
struct AccountList: Sendable {
    var rows: [AccountReport]
    /// How many accounts fit the query, on all pages.
    var total: Int
    var next: String?

    init(_ query: AccountQuery, _ workspace: Workspace) throws {
        try self.init(query, query.reports(workspace), workspace)
    }

    init(_ query: AccountQuery, _ all: [AccountReport], _ workspace: Workspace) throws {
        if let band = query.band, band != Self.unknownBand,
            !workspace.programme.programme.health.bands.contains(where: { $0.id == band })
        {
            throw Problem(.invalidParameter, "There is no band called \(band).")
        }
        let keyed = all.filter(query.takes)
            .map { (key: query.key($0), row: $0) }.sorted { $0.key < $1.key }
        total = keyed.count
        var rest = keyed[...]
        if let cursor = query.cursor {
            let place = try Cursor.open(cursor, list: "accounts", query: query.identity, workspace.keys)
            guard let last = RowKey(place: place) else { throw Cursor.refusal }
            rest = rest.drop { $0.key <= last }
        }
        rows = rest.prefix(query.limit).map(\.row)
        if rest.count > query.limit, let last = rest.prefix(query.limit).last {
            next = Cursor.make(last.key.place, list: "accounts", query: query.identity, workspace.keys)
        }
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
    fileprivate func takes(_ row: AccountReport) -> Bool {
        if let band, (row.band?.id ?? AccountList.unknownBand) != band { return false }
        if let owner, row.owner != owner { return false }
        guard let search else { return true }
        let wanted = search.lowercased()
        return row.name.lowercased().contains(wanted) || row.externalID.lowercased().contains(wanted)
    }

    /// What is unknown comes last in either direction.
    fileprivate func key(_ row: AccountReport) -> RowKey {
        switch sort {
        case .score: key(row.score.map { Int64($0) }, row)
        case .arr: key(row.arr.flatMap { Int64(exactly: ($0 * 100).rounded()) }, row)
        case .change: key(row.change.map { Int64($0) }, row)
        case .notice: key(row.noticeBy.map { Int64($0.number) }, row)
        case .name:
            RowKey(
                isUnknown: false, number: 0, text: row.name.lowercased(), id: row.id.text,
                isReversed: isDescending)
        }
    }

    private func key(_ number: Int64?, _ row: AccountReport) -> RowKey {
        let directed = number.map { isDescending ? -$0 : $0 } ?? 0
        return RowKey(
            isUnknown: number == nil, number: directed, text: "", id: row.id.text, isReversed: false)
    }
}

/// Where a row stands in a sorted list; total, so that a page can go on after it whatever has changed since.
private struct RowKey: Comparable {
    var isUnknown: Bool
    var number: Int64
    var text: String
    var id: String
    var isReversed: Bool

    init(isUnknown: Bool, number: Int64, text: String, id: String, isReversed: Bool) {
        (self.isUnknown, self.number, self.text, self.id) = (isUnknown, number, text, id)
        self.isReversed = isReversed
    }

    static func < (left: RowKey, right: RowKey) -> Bool {
        if left.isUnknown != right.isUnknown { return right.isUnknown }
        if left.number != right.number { return left.number < right.number }
        if !isSame(left.text, right.text) {
            return precedes(left.text, right.text) != left.isReversed
        }
        return precedes(left.id, right.id)
    }

    /// For a cursor.
    var place: String {
        let parts: JSON = [.bool(isUnknown), .int(number), .string(text), .string(id), .bool(isReversed)]
        return parts.text
    }

    init?(place: String) {
        guard case .success(.array(let parts)) = JSONReader.read(place), parts.count == 5,
            let isUnknown = parts[0].bool,
            let number = parts[1].int, let text = parts[2].string, let id = parts[3].string,
            let isReversed = parts[4].bool
        else { return nil }
        self.init(isUnknown: isUnknown, number: number, text: text, id: id, isReversed: isReversed)
    }
}
