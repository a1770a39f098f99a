import TenureCore

/// The items of a query string or a form, each name once.
struct NamedTexts: Sendable {
    private var items: [(name: String, value: String)] = []

    /// Throws a problem for what cannot be decoded and for a name that comes twice.
    init(encoded text: Substring) throws {
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(pair[0], plusIsSpace: true),
                let value = PercentCoding.decode(pair.count > 1 ? pair[1] : "", plusIsSpace: true)
            else { throw Problem(.invalidParameter, "A parameter is not percent-encoded UTF-8.") }
            guard self[name] == nil else {
                throw Problem(.invalidParameter, "The parameter \(name) is given twice.")
            }
            items.append((name, value))
        }
    }

    init() {}

    var names: [String] { items.map(\.name) }
    var all: [(name: String, value: String)] { items }

    subscript(name: String) -> String? { items.first { isSame($0.name, name) }?.value }

    /// An empty value is the same as none: what an unfilled field of a form sends.
    func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Refuses names that nobody reads, so that a mistyped filter never shows everything.
    func allowing(_ names: Set<String>) throws -> NamedTexts {
        guard let other = items.first(where: { !names.contains($0.name) }) else { return self }
        throw Problem(.invalidParameter, "There is no parameter called \(other.name) here.")
    }
}
