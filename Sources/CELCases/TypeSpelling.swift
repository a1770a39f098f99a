import CEL

/// Reads types as the cases write them: `map(string, list(int))`, `tuple(T, U)`.
struct TypeSpelling {
    /// Names that stand for any one type, the same wherever they appear: `T`.
    private var parameters: [String: Int] = [:]
    private var rest: Substring

    /// How deep types may nest.
    private static let depthLimit = 16

    /// The types of one declaration, or nil when one of them is misspelt.
    static func types(_ spellings: [String]) -> [Type]? {
        var reader = TypeSpelling(rest: "")
        var types: [Type] = []
        for spelling in spellings {
            reader.rest = spelling[...]
            guard let type = reader.type(depth: 0), reader.rest.isEmpty else { return nil }
            types.append(type)
        }
        return types
    }

    private init(rest: Substring) { self.rest = rest }

    private mutating func type(depth: Int) -> Type? {
        guard depth < Self.depthLimit else { return nil }
        let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty, let parts = parts(depth: depth) else { return nil }
        return type(name, parts)
    }

    /// What stands between brackets; empty without brackets.
    private mutating func parts(depth: Int) -> [Type]? {
        guard take("(") else { return [] }
        var parts: [Type] = []
        repeat {
            guard let part = type(depth: depth + 1) else { return nil }
            parts.append(part)
        } while take(", ") || take(",")
        return take(")") ? parts : nil
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest = rest.dropFirst(text.count)
        return true
    }

    private static let simple: [String: Type] = [
        "null": .null, "null_type": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
        "string": .string, "bytes": .bytes, "timestamp": .timestamp, "duration": .duration, "dyn": .dyn,
    ]

    private mutating func type(_ name: String, _ parts: [Type]) -> Type? {
        switch (name, parts.count) {
        case ("list", 1): .list(parts[0])
        case ("map", 2): .map(parts[0], parts[1])
        case ("optional_type", 1): .optional(parts[0])
        case ("wrapper", 1): .wrapper(parts[0])
        case ("type", 1): .type(parts[0])
        case (_, 0): Self.simple[name] ?? named(name)
        case (_, _): .opaque(name, parts)
        }
    }

    /// A capital alone is a parameter; other names are types of the host's.
    private mutating func named(_ name: String) -> Type {
        guard name.count == 1, name.allSatisfy(\.isUppercase) else { return .opaque(name, []) }
        let number = parameters[name] ?? parameters.count
        parameters[name] = number
        return .variable(number)
    }
}
