import TenureCore
import TenureInsight
import TenureProgramme

/// Which accounts: `where.tier=enterprise` those with a value, `without=tier` those that have none.
struct PortfolioFilter: Sendable {
    static let prefix = "where."
    private static let without = "without"

    private(set) var wanted: [(field: String, value: String?)] = []

    static let none = PortfolioFilter()

    private init() {}

    /// The parameters that are a filter in this programme.
    static func names(_ programme: Programme) -> Set<String> {
        Set(programme.portfolioFields.map { prefix + $0 }).union([without])
    }

    init(_ query: NamedTexts, _ programme: Programme) throws {
        let fields = programme.portfolioFields
        wanted = fields.compactMap { field in query.filled(Self.prefix + field).map { (field, $0) } }
        guard let field = query.filled(Self.without) else { return }
        guard fields.contains(where: { isSame($0, field) }) else {
            throw Problem(.invalidParameter, "\(Self.without) is one of " + fields.joined(separator: ", ") + ".")
        }
        wanted.append((field, nil))
    }

    var isEmpty: Bool { wanted.isEmpty }
    func takes(_ row: AccountRow) -> Bool { wanted.allSatisfy { row.has($0.value, in: $0.field) } }

    /// - Parameter value: nil: accounts without one.
    func adding(_ field: String, _ value: String?) -> PortfolioFilter {
        var added = self
        added.wanted.append((field, value))
        return added
    }

    /// As parameters of an address.
    var items: [(String, String?)] {
        wanted.map { field, value in value.map { (Self.prefix + field, $0) } ?? (Self.without, field) }
    }
}

/// A part of a filter on a page: what it is, and the hidden field that keeps it.
struct FilterField {
    let name: String
    let value: String
    /// As people see it.
    let field: String
    let shown: String
}

extension PortfolioFilter {
    var shown: [FilterField] {
        zip(wanted, items).map { wanted, item in
            FilterField(
                name: item.0, value: item.1 ?? "", field: PortfolioPage.words(wanted.field), shown: wanted.value ?? "none")
        }
    }
}
