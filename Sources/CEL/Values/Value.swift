/// A CEL value, or one of the two outcomes that stand where a value is missing: unknown and error.
///
/// `==` compares structure bit by bit, so that a value is always equal to itself, NaN included.
/// What CEL calls equal (`1 == 1.0`, NaN unlike itself) is `celEquals`.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list([Value])
    case map(CELMap)
    case timestamp(Timestamp)
    case duration(Duration)
    case type(TypeName)
    indirect case optional(Value?)
    case unknown(UnknownSet)
    indirect case error(EvaluationError)
}

extension Value {
    /// The truth this value states, or nil when it is not a Boolean.
    public var asBool: Bool? {
        if case .bool(let truth) = self { truth } else { nil }
    }

    /// The value as a double when it is a number of any of the three kinds; large integers are rounded.
    public var asDouble: Double? {
        switch self {
        case .int(let number): Double(number)
        case .uint(let number): Double(number)
        case .double(let number): number
        case .null, .bool, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown,
            .error:
            nil
        }
    }

    /// Whether this is a value at all: neither unknown nor an error.
    public var isKnown: Bool {
        switch self {
        case .unknown, .error: false
        case .null, .bool, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type,
            .optional:
            true
        }
    }

    /// The unknown of one slot.
    @inlinable
    public static func unknown(slot: Int) -> Value { .unknown(UnknownSet(slot)) }

    /// The name of the value's type, as `type(x)` gives it.
    public var typeName: TypeName {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list
        case .map: .map
        case .timestamp: .timestamp
        case .duration: .duration
        case .type: .type
        case .optional: .optional
        case .unknown: TypeName("unknown")
        case .error: TypeName("error")
        }
    }
}

/// The run-time name of a type: `int`, `list`, `google.protobuf.Timestamp`.
public struct TypeName: Sendable, Hashable, CustomStringConvertible {
    /// The name as CEL prints it.
    public let name: String

    /// Names a type.
    public init(_ name: String) { self.name = name }

    public var description: String { name }

    static let null = TypeName("null_type")
    static let bool = TypeName("bool")
    static let int = TypeName("int")
    static let uint = TypeName("uint")
    static let double = TypeName("double")
    static let string = TypeName("string")
    static let bytes = TypeName("bytes")
    static let list = TypeName("list")
    static let map = TypeName("map")
    static let timestamp = TypeName("google.protobuf.Timestamp")
    static let duration = TypeName("google.protobuf.Duration")
    static let type = TypeName("type")
    static let optional = TypeName("optional_type")
}
