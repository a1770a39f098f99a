/// What is made when it is first asked for, and then kept.
package final class Once<Value> {
    private let make: () -> Value
    private var made: Value?

    package init(_ make: @escaping () -> Value) { self.make = make }

    package func value() -> Value {
        if let made { return made }
        let value = make()
        made = value
        return value
    }
}
