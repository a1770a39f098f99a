import TenureCore

/// What a YAML file holds, before anybody decided what its texts mean.
indirect enum Node: Sendable {
    case scalar(Scalar)
    case list(ListNode)
    case map(MapNode)

    var place: Place {
        switch self {
        case .scalar(let scalar): scalar.place
        case .list(let list): list.place
        case .map(let map): map.place
        }
    }

    /// What an error message calls this kind of value.
    var kindName: String {
        switch self {
        case .scalar(let scalar): scalar.isEmpty ? "nothing" : "`\(scalar.excerpt)`"
        case .list: "a list"
        case .map: "a mapping"
        }
    }

    var scalar: Scalar? { if case .scalar(let scalar) = self { scalar } else { nil } }
    var list: ListNode? { if case .list(let list) = self { list } else { nil } }
    var map: MapNode? { if case .map(let map) = self { map } else { nil } }
}

extension Scalar {
    private static let excerptMax = 40

    /// Its beginning on one line, as a mistake quotes it.
    var excerpt: String {
        let lines = text.unicodeScalars.split(whereSeparator: SourceText.isBreak)
        guard let first = lines.first else { return "" }
        return String(first.prefix(Self.excerptMax)) + (lines.count > 1 || first.count > Self.excerptMax ? "…" : "")
    }
}

/// A text as written; whether it is a number, a date or a name is for the field to say.
struct Scalar: Sendable {
    enum Style: Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

    var text: String
    var style: Style
    var place: Place

    /// Nothing was written at all, or one of the words with which YAML says so.
    var isEmpty: Bool { style == .plain && ["", "~", "null", "Null", "NULL"].contains(text) }
}

struct ListNode: Sendable {
    var items: [Node]
    var place: Place
}

struct MapNode: Sendable {
    struct Entry: Sendable {
        var key: Scalar
        var value: Node
    }

    var entries: [Entry]
    var place: Place

    func entry(_ key: String) -> Entry? {
        entries.first { isSame($0.key.text, key) }
    }

    subscript(key: String) -> Node? { entry(key)?.value }
}
