/// Which metrics have whole values only: comparing one with 2.2 says what comparing it with 3 says.
struct WholeMetrics {
    private let definitions: [String: MapNode]

    init(_ definitions: [String: MapNode]) { self.definitions = definitions }

    /// A reference with or without its window.
    func areWhole(_ references: [String]) -> Bool {
        !references.isEmpty && references.allSatisfy { isWhole($0, depth: 0) }
    }

    /// Whether a comparison is one of whole values: nothing in it divides or multiplies them.
    func isWhole(clause: String) -> Bool {
        !clause.contains("/") && !clause.contains("*") && areWhole(Self.references(clause))
    }

    /// The names in `m("…")`.
    static func references(_ condition: String) -> [String] {
        condition.split(separator: "m(\"", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
        }
    }

    private func isWhole(_ reference: String, depth: Int) -> Bool {
        guard depth < 8, let map = definition(reference) else { return false }
        let wholeKeys = ["active_members", "feature_uses", "days_since", "days_since_first", "active_weeks"]
        if wholeKeys.contains(where: { map[$0] != nil }) { return true }
        if let sum = map["sum"]?.map { return sum["value"] == nil }
        if let entities = map["entities"]?.map { return isWhole(entities) }
        guard let text = map["expression"]?.scalar?.text else { return false }
        let hasFraction = NumberScan(text).found.contains { $0.text.contains(".") && !$0.text.hasSuffix(".0") }
        let references = Self.references(text)
        return !hasFraction && !text.contains("/") && !references.isEmpty
            && references.allSatisfy { isWhole($0, depth: depth + 1) }
    }

    private func isWhole(_ entities: MapNode) -> Bool {
        guard let aggregate = entities["aggregate"]?.scalar?.text else { return false }
        if aggregate == "count" { return true }
        guard aggregate != "mean", let value = entities["value"]?.scalar?.text else { return false }
        return ["days_since(entity.", "double(days_since(entity."].contains { value.hasPrefix($0) } && !value.contains(" ")
    }

    private func definition(_ reference: String) -> MapNode? {
        if let map = definitions[reference] { return map }
        return reference.lastIndex(of: ".").flatMap { definitions[String(reference[..<$0])] }
    }
}
