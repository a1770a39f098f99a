/// A function of the library or of the host: the ways to call it and what it does.
struct Function: Sendable {
    typealias Body = @Sendable (inout Call) -> Value

    let name: String
    let signatures: [Signature]
    let body: Body

    init(_ name: String, _ signatures: [Signature], body: @escaping Body) {
        self.name = name
        self.signatures = signatures
        self.body = body
    }

    func signatures(isMember: Bool) -> [Signature] { signatures.filter { $0.isMember == isMember } }
}

/// One call under way: its arguments, all known, and what the evaluation may still spend.
struct Call {
    let name: String
    let arguments: [Value]
    var meter: Meter
    let zones: ZoneLookup?

    /// The argument at a place; null where none was given.
    subscript(place: Int) -> Value { place < arguments.count ? arguments[place] : .null }

    var count: Int { arguments.count }

    /// The answer to arguments of kinds that the function does not take.
    func mismatch() -> Value {
        let kinds = arguments.map { $0.typeName.name }.joined(separator: ", ")
        return .failure(.noSuchOverload, "there is no `\(name)` for (\(kinds))")
    }

    func invalid(_ message: String) -> Value { .failure(.invalidArgument, message) }

    static let tooExpensive = Value.failure(.costExceeded, "the evaluation became too expensive")
}

/// Every function that is not the host's, by name; namespaced ones carry their namespace.
enum Library {
    static let functions: [String: Function] = {
        let all =
            CoreFunctions.all + ConversionFunctions.all + TextFunctions.all + TimeFunctions.all
            + MathFunctions.all
            + ListFunctions.all + SetFunctions.all + OptionalFunctions.all + EncodingFunctions.all
        return Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()
}
