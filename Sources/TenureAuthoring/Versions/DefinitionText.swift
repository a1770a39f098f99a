import TenureCore

/// A definition as it was written, taken apart into lines that can be compared: `steps.call.due` and its value.
package struct DefinitionText: Hashable, Sendable {
    /// `metric`, `signal`, `play`, …, as mistakes call it.
    package let kind: String
    package let id: String
    /// By path, in the order of the file.
    package let lines: [Line]

    package struct Line: Hashable, Sendable {
        package let path: String
        package let value: String
    }

    func value(_ path: String) -> String? { lines.first { isSame($0.path, path) }?.value }
}

extension DefinitionText {
    init(_ kind: String, _ id: String, _ node: Node, body: String? = nil) {
        self.kind = kind
        self.id = id
        var lines: [Line] = []
        Self.flatten(node, "", &lines)
        if let body { lines.append(Line(path: "body", value: body)) }
        self.lines = lines
    }

    private static func flatten(_ node: Node, _ path: String, _ lines: inout [Line]) {
        switch node {
        case .scalar(let scalar): lines.append(Line(path: path, value: scalar.text))
        case .map(let map):
            for entry in map.entries { flatten(entry.value, joined(path, entry.key.text), &lines) }
        case .list(let list):
            for (place, item) in list.items.enumerated() {
                flatten(item, joined(path, item.map?["id"]?.scalar?.text ?? String(place + 1)), &lines)
            }
        }
    }

    private static func joined(_ path: String, _ part: String) -> String { path.isEmpty ? part : path + "." + part }
}

extension Outline {
    /// Everything that was defined, the catalogue's parts included.
    func texts(bodies: [String: String]) -> [DefinitionText] {
        var texts: [DefinitionText] = []
        if let programme { texts.append(DefinitionText("programme", "programme", .map(programme))) }
        for kind in DefinitionKind.allCases {
            for definition in all(kind) where !definition.id.isEmpty {
                let body = kind == .message ? bodies[definition.id] : nil
                texts.append(DefinitionText(kind.rawValue, definition.id, .map(definition.map), body: body))
            }
        }
        if let health { texts.append(DefinitionText("health", "health", .map(health))) }
        return texts
    }
}
