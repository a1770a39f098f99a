import TenureCore
import TenureRuntime

/// What a search found.
struct SearchPage {
    let shell: Shell
    let text: String
    let summary: String
    let hits: [Hit]
    let isEmpty: Bool
    /// Whether anything was asked.
    let isAsked: Bool
    /// How many more there are.
    let more: String?

    struct Hit {
        let link: String
        let name: String
        let id: String
        let isFirst: Bool
        let matches: [Match]
        let more: String?
    }

    struct Match {
        /// Between it and the one before.
        let separator: String
        let kind: String
        let text: String
    }
}

extension SearchPage {
    init(_ search: AccountSearch, shell: Shell) {
        self.shell = shell
        text = search.text
        summary = Wording.plural(search.total, "account", "accounts")
        hits = search.hits.enumerated().map { Hit($1, isFirst: $0 == 0) }
        isEmpty = hits.isEmpty
        isAsked = !search.text.isEmpty
        let rest = search.total - search.hits.count
        more = rest > 0 ? "and \(Wording.number(Double(rest), places: 0)) more: type more of the name" : nil
    }
}

extension SearchPage.Hit {
    private static let matchesMax = 3

    init(_ hit: AccountSearch.Hit, isFirst: Bool) {
        link = Links.account(hit.account.text)
        name = hit.name
        id = hit.externalID
        self.isFirst = isFirst
        let shown = hit.matches.prefix(Self.matchesMax)
        matches = shown.enumerated().map { place, match in
            SearchPage.Match(separator: place == 0 ? "" : "· ", kind: match.words, text: match.text)
        }
        let rest = hit.matches.count - shown.count
        more = rest > 0 ? "and \(rest) more" : nil
    }
}

extension AccountSearch.Match {
    /// What it is, before the text.
    fileprivate var words: String {
        guard let merged else { return kind.rawValue }
        return kind == .name ? "also known as" : "\(kind.rawValue) of \(merged.name), merged with it"
    }
}

enum SearchPages {
    static let routes: [Route] = [
        .page(Links.search) { call, visitor in
            let text = try call.query(allowing: ["q"]).filled("q") ?? ""
            let search = try await AccountSearch(text, in: visitor.workspace)
            return try Templates.page("search", SearchPage(search, shell: try await Shell("Search", visitor, call.house)))
        }
    ]

    /// The same for programs.
    static func document(_ api: APICall) async throws -> Answer {
        let text = try api.call.query(allowing: ["q"]).filled("q") ?? ""
        let search = try await AccountSearch(text, in: api.workspace)
        return .json(["items": .array(search.hits.map(\.document)), "total": .int(Int64(search.total))])
    }
}

extension AccountSearch.Hit {
    fileprivate var document: JSON {
        [
            "id": .string(account.text), "external_id": .string(externalID), "name": .string(name),
            "matches": .array(matches.map(\.document)),
        ]
    }
}

extension AccountSearch.Match {
    fileprivate var document: JSON {
        let merged = merged.map { WorkDocuments.reference($0.id, external: $0.externalID, name: $0.name) }
        return ["kind": .string(kind.rawValue), "text": .string(text), "merged": merged ?? .null]
    }
}
