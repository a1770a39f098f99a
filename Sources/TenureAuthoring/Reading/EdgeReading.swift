import TenureProgramme

/// Lists of rows with an edge each, as curves' steps and KPIs' bands are.
extension Reading {
    func hasEdge(_ fields: Fields) -> Bool { Form.edgeKeys.contains { fields.has($0) } }

    /// Exactly one of the edges.
    func valueEdge(_ fields: Fields) -> ValueEdge? {
        fields.only(of: Form.edgeKeys).flatMap { key in fields.number(key).flatMap { ValueEdge(key, $0) } }
    }

    /// No two of the rows alike.
    func checkIDs(of kind: DefinitionKind, _ maps: [MapNode]) {
        var seen: [String: Place] = [:]
        for scalar in maps.compactMap({ $0["id"]?.scalar }) {
            if let first = seen[scalar.text] {
                report(.duplicateID(kind, scalar.text, at: scalar.place, first: first))
            } else {
                seen[scalar.text] = scalar.place
            }
        }
    }
}
