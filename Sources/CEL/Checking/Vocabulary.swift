/// What an expression may mention: the declared environment.
///
/// Each declared path, each field under an open prefix and each literal call is a *slot*: one value that the
/// host gives when the program asks for it.
public struct Vocabulary: Sendable {
    /// Dotted paths with their types.
    private(set) var paths: [String: Type] = [:]
    /// Prefixes, with the dot at the end, under which any field is allowed.
    private(set) var openPrefixes: [String: Type] = [:]
    private(set) var literalCalls: [String: LiteralCall] = [:]
    private(set) var functions: [String: Function] = [:]
    private(set) var zones: ZoneLookup?

    /// The namespace in which short names are looked up first, as in cel-spec.
    public var container = ""

    /// Whether types and names are checked. Without, a free name is a slot and mistakes show at run time.
    public var isChecked = true

    /// Whether `has`, `all`, `map` and the like are macros. Without, they are calls of functions of those names.
    public var expandsMacros = true

    /// Nothing but the standard library.
    public init() {}

    /// Arbitrary CEL: free names are slots, types are not checked.
    public static var unchecked: Vocabulary {
        var vocabulary = Vocabulary()
        vocabulary.isChecked = false
        return vocabulary
    }

    /// Declares a dotted path, such as `now` or `account.seats`. The whole path is one slot.
    public mutating func declare(_ path: String, _ type: Type) { paths[path] = type }

    /// Allows any one field under a prefix, such as `event.data.`; a dot at the end may be left out.
    public mutating func declareOpen(_ prefix: String, _ type: Type = .dyn) {
        openPrefixes[prefix.hasSuffix(".") ? prefix : prefix + "."] = type
    }

    /// Declares a call whose only argument is a literal text, such as `m("users.active.7d")`.
    ///
    /// - Parameters:
    ///   - fields: when not empty the call gives a record, and each field of it is a slot of its own.
    ///   - resolve: the type under a text, or nil when there is no such thing.
    ///   - names: every text that resolves, for suggestions.
    public mutating func declareLiteralCall(
        _ name: String, fields: [String: Type] = [:], resolve: @escaping @Sendable (String) -> Type?,
        names: @escaping @Sendable () -> [String]
    ) {
        literalCalls[name] = LiteralCall(fields: fields, resolve: resolve, names: names)
    }

    /// Declares a function of the host, in place of an earlier one of that name. Arguments that the library's own
    /// function of that name takes are the library's.
    ///
    /// It is called with known values only, and must be pure.
    public mutating func declareFunction(
        _ name: String, _ parameters: [Type], _ result: Type, isMember: Bool = false,
        body: @escaping @Sendable ([Value]) -> Value
    ) {
        declareFunction(name, [Overload(parameters, result, isMember: isMember)], body: body)
    }

    /// Declares a function that can be called in several ways. One body serves all of them: it tells them apart by
    /// the kinds of its arguments.
    public mutating func declareFunction(
        _ name: String, _ overloads: [Overload], body: @escaping @Sendable ([Value]) -> Value
    ) {
        functions[name] = Function(name, overloads.map(\.signature)) { body($0.arguments) }
    }

    /// Lets expressions name time zones. Fixed offsets such as `+02:00` and `UTC` work without.
    public mutating func useZones(_ source: some ZoneSource) {
        zones = { source.offsetSeconds(zone: $0, at: $1) }
    }
}

/// One way to call a function of the host.
///
/// `Type.variable(n)` stands for any one type, the same wherever `n` is the same in this overload.
public struct Overload: Sendable {
    let signature: Signature

    /// A way to call; the first parameter of a member stands before the dot.
    public init(_ parameters: [Type], _ result: Type, isMember: Bool = false) {
        signature = Signature(parameters: parameters, result: result, isMember: isMember, isVariadic: false)
    }
}

/// Time-zone rules, as the host knows them.
public protocol ZoneSource: Sendable {
    /// Seconds east of UTC in a zone at an instant (seconds since 1970), or nil for a zone not known.
    func offsetSeconds(zone: String, at: Int64) -> Int?
}

typealias ZoneLookup = @Sendable (String, Int64) -> Int?

/// A declared call with one literal argument.
struct LiteralCall: Sendable {
    let fields: [String: Type]
    let resolve: @Sendable (String) -> Type?
    let names: @Sendable () -> [String]
}

/// What one slot of a program stands for.
public enum Reference: Sendable, Hashable {
    /// A declared dotted path, or a field under an open prefix.
    case path(String)
    /// A literal call, with the field that was selected of its record.
    case literalCall(name: String, argument: String, field: String?)
}

extension Reference {
    /// Equal by bytes, so that two spellings of one letter stay two references.
    public static func == (left: Reference, right: Reference) -> Bool {
        switch (left, right) {
        case (.path(let a), .path(let b)): a.hasSameBytes(as: b)
        case (.literalCall(let a, let x, let f), .literalCall(let b, let y, let g)):
            a.hasSameBytes(as: b) && x.hasSameBytes(as: y) && f == g
        case (.path, .literalCall), (.literalCall, .path): false
        }
    }
}

extension Reference: CustomStringConvertible {
    /// The reference as an author writes it.
    public var description: String {
        switch self {
        case .path(let path): path
        case .literalCall(let name, let argument, let field):
            "\(name)(\"\(argument)\")" + (field.map { "." + $0 } ?? "")
        }
    }
}
