extension ParsedFolder {
    /// The folder with some of its texts replaced.
    func moving(_ edits: [Move.Edit]) -> ParsedFolder {
        var folder = self
        for edit in edits {
            let file = edit.path.file
            folder.files[file].root = folder.files[file].root?.replacing(edit.path.indices[...], with: edit.text)
        }
        return folder
    }

    /// The definitions of metrics by id.
    var metrics: [String: MapNode] {
        var found: [String: MapNode] = [:]
        for root in files.compactMap(\.root?.map) {
            for metric in (root[Section.metrics.rawValue]?.list?.items ?? []).compactMap(\.map) {
                if let id = metric["id"]?.scalar?.text { found[id] = metric }
            }
        }
        return found
    }

    /// Every text that is a value.
    func texts(isOwn: Bool) -> [(isOwn: Bool, path: NodePath, text: String)] {
        files.enumerated().flatMap { index, file in
            (file.root?.texts(NodePath(file: index, indices: [])) ?? []).map { (isOwn, $0.0, $0.1) }
        }
    }
}

extension Node {
    fileprivate func replacing(_ indices: ArraySlice<Int>, with text: String) -> Node {
        switch self {
        case .scalar(var scalar):
            scalar.text = text
            return .scalar(scalar)
        case .list(var list):
            guard let index = indices.first else { return self }
            list.items[index] = list.items[index].replacing(indices.dropFirst(), with: text)
            return .list(list)
        case .map(var map):
            guard let index = indices.first else { return self }
            map.entries[index].value = map.entries[index].value.replacing(indices.dropFirst(), with: text)
            return .map(map)
        }
    }

    fileprivate func texts(_ path: NodePath) -> [(NodePath, String)] {
        switch self {
        case .scalar(let scalar): [(path, scalar.text)]
        case .list(let list): list.items.enumerated().flatMap { $1.texts(path.child($0)) }
        case .map(let map): map.entries.enumerated().flatMap { $1.value.texts(path.child($0)) }
        }
    }
}

extension MapNode {
    /// Every text in it that is a value.
    var texts: [String] { Node.map(self).texts(NodePath(file: 0, indices: [])).map(\.1) }
}

extension String {
    /// Whether the name stands in the text, and not as a part of a longer one.
    func mentions(_ name: String) -> Bool { contains(name) && renaming(name, "") != self }

    func renaming(_ name: String, _ new: String) -> String {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: name) {
            let isWhole = !(rest[..<range.lowerBound].last?.isPartOfName ?? false) && !(rest[range.upperBound...].first?.isPartOfName ?? false)
            parts += [rest[..<range.lowerBound], isWhole ? new[...] : rest[range]]
            rest = rest[range.upperBound...]
        }
        return parts.joined() + rest
    }
}

extension Character {
    fileprivate var isPartOfName: Bool { isLetter || isNumber || self == "." || self == "_" || self == "-" }
}
