@testable import TenureAuthoring

/// One change to a tree of YAML, and where it was made.
struct NodeMutation {
    /// Made only when it is wanted: most changes have been tried elsewhere.
    var node: () -> Node
    /// Keys from the definition down; items of lists are `[]`, so that equal changes are found equal.
    var path: [String]
    var what: String
    /// The keys of the innermost mapping that was changed: rules are about those that stand side by side.
    var beside: [String] = []

    /// Every single removal, addition and replacement at any depth; only the commonest replacements unless `isThorough`.
    static func all(of node: Node, isThorough: Bool) -> [NodeMutation] {
        let here = replacements.filter { isThorough || common.contains($0.name) }.map { replacement in
            NodeMutation(node: { replacement.node }, path: [], what: replacement.name)
        }
        return here + inside(node, isThorough)
    }

    private static func inside(_ node: Node, _ isThorough: Bool) -> [NodeMutation] {
        switch node {
        case .scalar: []
        case .list(let list): list.items.indices.flatMap { inside(list, $0, isThorough) }
        case .map(let map): added(map) + map.entries.indices.flatMap { inside(map, $0, isThorough) }
        }
    }

    private static func inside(_ list: ListNode, _ index: Int, _ isThorough: Bool) -> [NodeMutation] {
        all(of: list.items[index], isThorough: isThorough).map { change in
            let node = {
                var list = list
                list.items[index] = change.node()
                return Node.list(list)
            }
            return NodeMutation(node: node, path: ["[]"] + change.path, what: change.what, beside: change.beside)
        }
    }

    private static func inside(_ map: MapNode, _ index: Int, _ isThorough: Bool) -> [NodeMutation] {
        let (key, keys) = (map.entries[index].key.text, map.entries.map(\.key.text).sorted())
        let changes = all(of: map.entries[index].value, isThorough: isThorough).map { change in
            let node = {
                var map = map
                map.entries[index].value = change.node()
                return Node.map(map)
            }
            let beside = change.beside.isEmpty ? keys : change.beside
            return NodeMutation(node: node, path: [key] + change.path, what: change.what, beside: beside)
        }
        let without = {
            var map = map
            map.entries.remove(at: index)
            return Node.map(map)
        }
        return [NodeMutation(node: without, path: [key], what: "removed", beside: keys)] + changes
    }

    private static func added(_ map: MapNode) -> [NodeMutation] {
        let place = map.place
        var more = map
        more.entries.append(
            .init(
                key: Scalar(text: "no_such_key", style: .plain, place: place), value: plain("1", place)))
        return [NodeMutation(node: { .map(more) }, path: ["no_such_key"], what: "added")]
    }

    private static let nowhere = Place(file: "mutation.yaml", line: 1, column: 1, length: 1)

    private static func plain(_ text: String, _ place: Place = nowhere) -> Node {
        .scalar(Scalar(text: text, style: .plain, place: place))
    }

    private static func quoted(_ text: String) -> Node {
        .scalar(Scalar(text: text, style: .doubleQuoted, place: nowhere))
    }

    private static let common: Set<String> = ["nonsense", "seven", "nothing", "list", "mapping"]

    private static let replacements: [(name: String, node: Node)] = [
        ("nonsense", quoted("?? no such thing")), ("word", plain("word")), ("quoted number", quoted("7")),
        ("nothing", plain("~")), ("seven", plain("7")), ("huge", plain("123456789012345")), ("minus one", plain("-1")),
        ("fraction", plain("0.25")), ("true", plain("true")), ("span", plain("3d")), ("date", plain("2026-03-02")),
        ("empty list", .list(ListNode(items: [], place: nowhere))),
        ("list", .list(ListNode(items: [quoted("?? no such thing")], place: nowhere))),
        ("empty mapping", .map(MapNode(entries: [], place: nowhere))),
        (
            "mapping",
            .map(MapNode(entries: [.init(key: Scalar(text: "x", style: .plain, place: nowhere), value: plain("1"))], place: nowhere))
        ),
    ]
}
