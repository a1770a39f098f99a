/// Ordering a list's elements.
enum Sorting {
    /// The values in the order of their keys; equal keys keep their order. All keys must be of one ordered
    /// kind.
    static func sort(_ values: [Value], by keys: [Value], _ meter: inout Meter) -> Value {
        guard meter.pay(values.count * (Int.bitWidth - values.count.leadingZeroBitCount)) else {
            return Call.tooExpensive
        }
        guard let first = keys.first else { return .list([]) }
        guard keys.allSatisfy({ $0.typeName == first.typeName && $0.order(against: $0) != nil }) else {
            return .failure(.noSuchOverload, "these values have no common order")
        }
        let order = keys.indices.sorted { left, right in
            switch keys[left].order(against: keys[right]) {
            case .before: true
            case .after: false
            case .same, .unordered, nil: left < right
            }
        }
        return .list(order.map { values[$0] })
    }
}
