extension ParsedFolder {
    /// The folder without these parts; a message goes with its body.
    func removing(_ gone: [Removal]) -> ParsedFolder {
        var folder = self
        let outermost = gone.filter { part in !gone.contains { $0 != part && $0.path.contains(part.path) } }
        // Last first, so that what is still to go stays where it was.
        for removal in outermost.sorted(by: { NodePath.precedes($1.path, $0.path) }) {
            let file = removal.path.file
            folder.files[file].root = folder.files[file].root?.removing(removal.path.indices[...])
        }
        let messages = gone.filter { $0.depth == .definition && $0.kind == "message" }.map(\.id)
        folder.bodies.removeAll { messages.contains($0.id) }
        return folder
    }

    func path(at place: Place) -> NodePath? {
        guard let file = files.firstIndex(where: { $0.path == place.file }), let root = files[file].root else { return nil }
        return NodePath(file: file, indices: root.indices(at: place))
    }

    /// Lines of `show`, and of texts that are only shown.
    var shownLines: Int { files.reduce(0) { $0 + ($1.root?.shownLines ?? 0) } }
}

extension Node {
    private static let words: Set<String> = [
        "title", "meaning", "unit", "better", "description", "impact", "mitigation", "actions", "colour", "tone", "action",
        "review_every_days", "respond_within", "version",
    ]

    fileprivate var shownLines: Int {
        switch self {
        case .scalar: 0
        case .list(let list): list.items.reduce(0) { $0 + $1.shownLines }
        case .map(let map): map.entries.reduce(0) { $0 + Self.shownLines($1) }
        }
    }

    private static func shownLines(_ entry: MapNode.Entry) -> Int {
        if entry.key.text == Section.tests.rawValue { return 0 }
        if entry.key.text == Section.show.rawValue { return entry.value.list?.items.count ?? 0 }
        return words.contains(entry.key.text) ? 1 : entry.value.shownLines
    }
}
