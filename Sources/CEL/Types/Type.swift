/// What the checker knows of a value before there is one.
public indirect enum Type: Sendable, Hashable {
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case timestamp
    case duration
    /// Anything: what it is shows at run time.
    case dyn
    case list(Type)
    case map(Type, Type)
    case optional(Type)
    /// The inner type or null.
    case wrapper(Type)
    /// A type of the host's, with the types it is made of: `tuple(int, string)`. Nothing but its functions knows its values.
    case opaque(String, [Type])
    /// The type of a type: `type(x)` and names such as `int`.
    case type(Type)
    /// A type the checker has yet to find; a finished program has none.
    case variable(Int)
}

extension Type: CustomStringConvertible {
    public var description: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .dyn, .variable: "dyn"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .optional(let held): "optional_type(\(held))"
        case .wrapper(let inner): "wrapper(\(inner))"
        case .opaque(let name, let parts):
            parts.isEmpty ? name : "\(name)(\(parts.map(\.description).joined(separator: ", ")))"
        case .type(let type): "type(\(type))"
        }
    }

    /// Whether values are numbers, or null in their place.
    var isNumeric: Bool {
        switch self {
        case .int, .uint, .double: true
        case .wrapper(let inner): inner.isNumeric
        case .null, .bool, .string, .bytes, .timestamp, .duration, .dyn, .list, .map, .optional, .type,
            .opaque, .variable:
            false
        }
    }

    /// Whether this is a type that null may stand in for by the language's own rules.
    var isNullable: Bool {
        switch self {
        case .null, .timestamp, .duration, .optional, .wrapper, .opaque: true
        case .bool, .int, .uint, .double, .string, .bytes, .dyn, .list, .map, .type, .variable: false
        }
    }

    /// The same type with every part replaced by `change`, from the outside inwards.
    func mapParts(_ change: (Type) -> Type) -> Type {
        switch self {
        case .list(let element): .list(change(element))
        case .map(let key, let value): .map(change(key), change(value))
        case .optional(let held): .optional(change(held))
        case .wrapper(let inner): .wrapper(change(inner))
        case .type(let type): .type(change(type))
        case .opaque(let name, let parts): .opaque(name, parts.map(change))
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .dyn, .variable: self
        }
    }

    /// The types this one is made of.
    var parts: [Type] {
        switch self {
        case .list(let part), .optional(let part), .wrapper(let part), .type(let part): [part]
        case .map(let key, let value): [key, value]
        case .opaque(_, let parts): parts
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .dyn, .variable: []
        }
    }

    /// The type names an expression may mention, with what they stand for.
    static let named: [String: (type: Type, name: TypeName)] = [
        "null_type": (.null, .null), "bool": (.bool, .bool), "int": (.int, .int), "uint": (.uint, .uint),
        "double": (.double, .double), "string": (.string, .string), "bytes": (.bytes, .bytes),
        "list": (.list(.dyn), .list), "map": (.map(.dyn, .dyn), .map), "type": (.type(.dyn), .type),
        "google.protobuf.Timestamp": (.timestamp, .timestamp),
        "google.protobuf.Duration": (.duration, .duration), "optional_type": (.optional(.dyn), .optional),
    ]
}
