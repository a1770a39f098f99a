import TenureProgramme

/// Walks through a parsed folder along the shape of the format and lists what could be deleted.
struct RemovalSearch {
    private(set) var found: [Removal] = []
    private var file = 0

    init(_ folder: ParsedFolder) {
        for (index, parsed) in folder.files.enumerated() {
            guard let root = parsed.root?.map else { continue }
            file = index
            search(root, .programme, NodePath(file: index, indices: []), within: "")
        }
    }

    private mutating func search(_ map: MapNode, _ shape: Removable, _ path: NodePath, within owner: String) {
        for (index, entry) in map.entries.enumerated() {
            let (key, here) = (entry.key.text, path.child(index))
            if shape.options.contains(key) { add(key, owner, entry.key.place, here) }
            if let items = shape.lists.first(where: { $0.key == key }) { search(entry.value, items, here, within: owner) }
            if shape.entries.contains(key) { searchEntries(entry.value, key, here, within: owner) }
            if let inside = shape.insides.first(where: { $0.key == key }), let inner = entry.value.map {
                search(inner, inside.of, here, within: owner)
            }
        }
    }

    private mutating func search(_ node: Node, _ items: Removable.Items, _ path: NodePath, within owner: String) {
        for (index, item) in (node.list?.items ?? []).enumerated() {
            let here = path.child(index)
            let name = items.idKey.flatMap { item.map?[$0]?.scalar?.text }
            let id = name.map { items.join(owner, $0) } ?? owner
            if items.idKey == nil {
                add(items.numbered(item, index), owner, item.place, here, items.depth)
            } else {
                add(items.kind, id, item.place, here, .definition, item.map)
            }
            if let map = item.map { search(map, items.of, here, within: items.idKey == nil ? "\(id) \(items.kind) \(index + 1)" : id) }
        }
    }

    private mutating func searchEntries(_ node: Node, _ key: String, _ path: NodePath, within owner: String) {
        for (index, entry) in (node.map?.entries ?? []).enumerated() {
            add("\(key) \(entry.key.text)", owner, entry.key.place, path.child(index))
        }
    }

    private mutating func add(
        _ kind: String, _ id: String, _ place: Place, _ path: NodePath, _ depth: Removal.Depth = .clause,
        _ definition: MapNode? = nil
    ) {
        let requirements = definition?["requirements"]?.list?.items.compactMap(\.scalar?.text) ?? []
        found.append(
            Removal(
                kind: kind, id: id, place: place, depth: depth, requirements: requirements, path: path))
    }
}

extension Removable.Items {
    /// Ids as they stand in explanations: `play/step`, `group.component`.
    fileprivate func join(_ owner: String, _ name: String) -> String {
        owner.isEmpty ? name : owner + (kind == "step" ? "/" : ".") + name
    }

    /// A short text is its own name; longer parts are counted.
    fileprivate func numbered(_ item: Node, _ index: Int) -> String {
        item.scalar.map { "\(kind) \($0.text)" } ?? "\(kind) \(index + 1)"
    }
}
