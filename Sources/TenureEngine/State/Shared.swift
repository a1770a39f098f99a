/// A value of many parts that is handed on by one count: a copy copies none of them, and who holds it alone changes it in
/// place.
package struct Shared<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Exactly one: an array knows by itself whether anybody else holds it.
    private var only: [Value]

    package init(_ value: Value) { only = [value] }

    package var value: Value { only[0] }

    package mutating func change<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try body(&only[0])
    }
}
