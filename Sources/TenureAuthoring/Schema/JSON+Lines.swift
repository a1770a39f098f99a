import TenureCore

extension JSON {
    /// Text for people: two spaces a level, short values on one line.
    func lines(indentedBy indent: String = "") -> String {
        let flat = text
        if flat.utf8.count + indent.utf8.count <= 100 { return flat }
        let inner = indent + "  "
        switch self {
        case .object(let object):
            let members = object.members.map {
                "\(inner)\(JSON.string($0.name).text): \($0.value.lines(indentedBy: inner))"
            }
            return "{\n" + members.joined(separator: ",\n") + "\n\(indent)}"
        case .array(let values):
            return "[\n" + values.map { inner + $0.lines(indentedBy: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        case .null, .bool, .int, .double, .string: return flat
        }
    }
}
