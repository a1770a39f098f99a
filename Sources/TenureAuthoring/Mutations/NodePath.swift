/// Where a node is in a parsed folder: the file, then which entry of a mapping or item of a list, from the root on.
struct NodePath: Hashable, Sendable {
    var file: Int
    var indices: [Int]

    func child(_ index: Int) -> NodePath { NodePath(file: file, indices: indices + [index]) }

    func contains(_ other: NodePath) -> Bool { file == other.file && other.indices.starts(with: indices) }

    /// In the order of writing, what contains before what it contains.
    static func precedes(_ left: NodePath, _ right: NodePath) -> Bool {
        left.file == right.file ? left.indices.lexicographicallyPrecedes(right.indices) : left.file < right.file
    }
}

extension Node {
    /// The same without one node. A list that is left empty goes with its key, as an author would delete it.
    func removing(_ indices: ArraySlice<Int>) -> Node {
        guard let index = indices.first else { return self }
        switch self {
        case .scalar: return self
        case .list(var list):
            if indices.count == 1 { list.items.remove(at: index) } else { list.items[index] = list.items[index].removing(indices.dropFirst()) }
            return .list(list)
        case .map(var map):
            let value = map.entries[index].value.removing(indices.dropFirst())
            if indices.count == 1 || value.isHollow { map.entries.remove(at: index) } else { map.entries[index].value = value }
            return .map(map)
        }
    }

    /// A list or mapping with nothing in it.
    private var isHollow: Bool {
        switch self {
        case .scalar: false
        case .list(let list): list.items.isEmpty
        case .map(let map): map.entries.isEmpty
        }
    }

    /// The innermost node that begins at or before a place, as indices: what a mistake at that place is about.
    func indices(at place: Place) -> [Int] {
        let starts: [Place] =
            switch self {
            case .scalar: []
            case .list(let list): list.items.map(\.place)
            case .map(let map): map.entries.map(\.key.place)
            }
        guard let index = starts.lastIndex(where: { !Place.precedes(place, $0) }) else { return [] }
        switch self {
        case .scalar: return []
        case .list(let list): return [index] + list.items[index].indices(at: place)
        case .map(let map):
            let value = map.entries[index].value
            return [index] + (Place.precedes(place, value.place) ? [] : value.indices(at: place))
        }
    }
}
