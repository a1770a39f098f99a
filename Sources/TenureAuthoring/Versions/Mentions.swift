import TenureCore

/// Which definitions a definition reads, by the ids that stand in its lines: rather one too many than one too few.
struct Mentions {
    private let definitions: [DefinitionText]
    private let places: [ID<Mentions>: [Int]]

    init(_ definitions: [DefinitionText]) {
        self.definitions = definitions
        places = Dictionary(grouping: definitions.indices, by: { ID(definitions[$0].id) })
    }

    /// Those that its lines name, and those that theirs name in turn.
    func mentioned(by text: DefinitionText) -> [DefinitionText] {
        var found: Set<Int> = []
        var open = [text]
        while let next = open.popLast() {
            for place in places(in: next) where found.insert(place).inserted { open.append(definitions[place]) }
        }
        return found.map { definitions[$0] }
    }

    private func places(in text: DefinitionText) -> [Int] {
        text.lines.flatMap { line in Self.names(in: line.value).flatMap { places[ID($0)] ?? [] } }
    }

    /// Everything in a text that can be an id; of `usage.active.30d` also `usage.active` and `usage`.
    private static func names(in text: String) -> [String] {
        let runs = text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "-") }
        return runs.flatMap { run in
            [String(run)] + run.indices.filter { run[$0] == "." }.map { String(run[..<$0]) }
        }
    }
}
