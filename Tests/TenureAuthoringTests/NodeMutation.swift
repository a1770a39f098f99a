@testable import TenureAuthoring

/// One change to a tree of YAML, and where it was made.
struct NodeMutation {
    var node: Node
    /// Keys from the definition down; items of lists are `[]`, so that equal changes are found equal.
    var path: [String]
    var what: String
    /// The keys of the innermost mapping that was changed: rules are about those that stand side by side.
    var beside: [String] = []

    /// Every single removal, addition and replacement at any depth.
    static func all(of node: Node) -> [NodeMutation] {
        let here = replacements.map { NodeMutation(node: $0.node, path: [], what: $0.name) }
        return here + inside(node)
    }

    private static func inside(_ node: Node) -> [NodeMutation] {
        switch node {
        case .scalar: []
        case .list(let list): list.items.indices.flatMap { inside(list, $0) }
        case .map(let map): added(map) + map.entries.indices.flatMap { inside(map, $0) }
        }
    }

    private static func inside(_ list: ListNode, _ index: Int) -> [NodeMutation] {
        all(of: list.items[index]).map { change in
            var list = list
            list.items[index] = change.node
            return NodeMutation(node: .list(list), path: ["[]"] + change.path, what: change.what, beside: change.beside)
        }
    }

    private static func inside(_ map: MapNode, _ index: Int) -> [NodeMutation] {
        let (key, keys) = (map.entries[index].key.text, map.entries.map(\.key.text).sorted())
        var without = map
        without.entries.remove(at: index)
        let changes = all(of: map.entries[index].value).map { change in
            var map = map
            map.entries[index].value = change.node
            let beside = change.beside.isEmpty ? keys : change.beside
            return NodeMutation(node: .map(map), path: [key] + change.path, what: change.what, beside: beside)
        }
        return [NodeMutation(node: .map(without), path: [key], what: "removed", beside: keys)] + changes
    }

    private static func added(_ map: MapNode) -> [NodeMutation] {
        let place = map.place
        var more = map
        more.entries.append(
            .init(
                key: Scalar(text: "no_such_key", style: .plain, place: place), value: plain("1", place)))
        return [NodeMutation(node: .map(more), path: ["no_such_key"], what: "added")]
    }

    private static let nowhere = Place(file: "mutation.yaml", line: 1, column: 1, length: 1)

    private static func plain(_ text: String, _ place: Place = nowhere) -> Node {
        .scalar(Scalar(text: text, style: .plain, place: place))
    }

    private static func quoted(_ text: String) -> Node {
        .scalar(Scalar(text: text, style: .doubleQuoted, place: nowhere))
    }

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
