/// How two values of one order stand to each other; a NaN stands in no order to anything.
enum Ordering: Sendable {
    case before
    case same
    case after
    case unordered
}

extension Ordering {
    init<T: Comparable>(_ left: T, _ right: T) {
        self = left < right ? .before : left > right ? .after : .same
    }

    /// Two doubles.
    init(_ left: Double, _ right: Double) {
        self = left < right ? .before : left > right ? .after : left == right ? .same : .unordered
    }

    /// An integer and a double, both as doubles, as the specification's cases ask: beyond 2^53 near numbers
    /// are equal.
    init(_ left: some FixedWidthInteger, _ right: Double) { self.init(Double(left), right) }

    var reversed: Ordering {
        switch self {
        case .before: .after
        case .after: .before
        case .same, .unordered: self
        }
    }
}

extension Value {
    /// The order of two values, or nil when their kinds have no order between them.
    func order(against other: Value) -> Ordering? {
        switch (self, other) {
        case (.int(let a), .int(let b)): Ordering(a, b)
        case (.double(let a), .double(let b)): Ordering(a, b)
        case (.string(let a), .string(let b)): Ordering(bytesOf: a, b)
        case (.bool(let a), .bool(let b)): Ordering(a ? 1 : 0, b ? 1 : 0)
        case (.bytes(let a), .bytes(let b)): Ordering(bytesOf: a, b)
        case (.timestamp(let a), .timestamp(let b)): Ordering(a, b)
        case (.duration(let a), .duration(let b)): Ordering(a, b)
        case (_, _): numericOrder(against: other)
        }
    }

    /// The order of two numbers of any kinds, or nil when one is no number.
    func numericOrder(against other: Value) -> Ordering? {
        switch (self, other) {
        case (.int(let a), .int(let b)): Ordering(a, b)
        case (.uint(let a), .uint(let b)): Ordering(a, b)
        case (.double(let a), .double(let b)): Ordering(a, b)
        case (.int(let a), .uint(let b)): Ordering(Int128(a), Int128(b))
        case (.uint(let a), .int(let b)): Ordering(Int128(a), Int128(b))
        case (.int(let a), .double(let b)): Ordering(a, b)
        case (.uint(let a), .double(let b)): Ordering(a, b)
        case (.double(let a), .int(let b)): Ordering(b, a).reversed
        case (.double(let a), .uint(let b)): Ordering(b, a).reversed
        case (_, _): nil
        }
    }

    /// CEL's `==`: numbers by amount whatever their kind, NaN unlike anything, other kinds never equal.
    public func celEquals(_ other: Value) -> Bool {
        var meter = Meter(limit: .max)
        return equals(other, &meter)
    }

    /// CEL's `==`, paying for every element looked at; false once the meter is empty.
    func equals(_ other: Value, _ meter: inout Meter) -> Bool {
        switch (self, other) {
        case (.int(let a), .int(let b)): return a == b
        case (.double(let a), .double(let b)): return a == b
        case (.string(let a), .string(let b)): return meter.pay(bytes: a.utf8.count) && a.hasSameBytes(as: b)
        case (.list(let a), .list(let b)):
            guard a.count == b.count, meter.pay(a.count) else { return false }
            return zip(a, b).allSatisfy { $0.equals($1, &meter) }
        case (.map(let a), .map(let b)):
            guard a.count == b.count, meter.pay(a.count) else { return false }
            return a.entries.allSatisfy { entry in
                b[entry.key].map { entry.value.equals($0, &meter) } ?? false
            }
        case (.optional(let a?), .optional(let b?)): return a.equals(b, &meter)
        case (.int, _), (.uint, _), (.double, _): return numericOrder(against: other) == .same
        case (_, _): return self == other
        }
    }
}

extension Ordering {
    /// Two texts by their UTF-8 bytes, which is also the order of their code points.
    init(bytesOf left: String, _ right: String) {
        self.init(bytesOf: left.utf8, right.utf8)
    }

    init<Bytes: Sequence<UInt8>>(bytesOf left: Bytes, _ right: Bytes) {
        self =
            left.lexicographicallyPrecedes(right)
            ? .before : right.lexicographicallyPrecedes(left) ? .after : .same
    }
}
