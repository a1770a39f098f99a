@testable import TenureWeb

/// The tags of a template with their nesting, and which of them a model does not have.
struct TagTree {
    enum Node {
        case value(String)
        case section(String, [Node])
    }

    struct Malformed: Error {}

    private let nodes: [Node]

    init(_ text: String) throws {
        var rest = Self.tags(text)[...]
        nodes = try Self.read(&rest, until: nil)
        guard rest.isEmpty else { throw Malformed() }
    }

    private static func tags(_ text: String) -> [String] {
        text.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstRange(of: "}}").map { String(part[..<$0.lowerBound]) }
        }
    }

    /// Inheritance (`<`, `$`) nests nothing that concerns the model.
    private static func read(_ tags: inout ArraySlice<String>, until end: String?) throws -> [Node] {
        var nodes: [Node] = []
        while let tag = tags.popFirst() {
            let name = String(tag.dropFirst())
            switch tag.first {
            case "#"?, "^"?: nodes.append(.section(name, try read(&tags, until: name)))
            case "/"?:
                if name == end { return nodes }
                guard ["content", "layout"].contains(name) else { throw Malformed() }
            case "<"?, "$"?, "!"?: break
            // A part stands where it is asked for.
            case ">"?: nodes += try TagTree(Templates.text(name.filter { $0 != " " }) ?? "{{#missing}}").nodes
            default: nodes.append(.value(tag))
            }
        }
        guard end == nil else { throw Malformed() }
        return nodes
    }

    /// Names that no value of the stack has, in order.
    func unknown(in stack: [Any]) -> [String] { Self.unknown(nodes, stack) }

    private static func unknown(_ nodes: [Node], _ stack: [Any]) -> [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .value(let name): return look(name, stack) == nil ? [name] : []
            case .section(let name, let inner):
                guard let value = look(name, stack) else { return [name] }
                return unknown(inner, stack + [element(value)])
            }
        }
    }

    private static func look(_ name: String, _ stack: [Any]) -> Any? {
        if name == "." { return stack.last }
        let parts = name.split(separator: ".").map(String.init)
        for object in stack.reversed() {
            guard var value = child(parts[0], of: object) else { continue }
            for part in parts.dropFirst() {
                guard let next = child(part, of: value) else { return nil }
                value = next
            }
            return value
        }
        return nil
    }

    private static func child(_ name: String, of object: Any) -> Any? {
        Mirror(reflecting: unwrapped(object)).children.first { $0.label == name }.map { unwrapped($0.value) }
    }

    /// A sample fills every optional and every list, so that their insides can be looked at.
    private static func unwrapped(_ value: Any) -> Any {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional, let inner = mirror.children.first else { return value }
        return unwrapped(inner.value)
    }

    private static func element(_ value: Any) -> Any {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .collection, let first = mirror.children.first else { return value }
        return first.value
    }
}
