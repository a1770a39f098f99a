/// A signed span of time, exact to the nanosecond, within ten thousand years.
public struct Duration: Sendable, Hashable, Comparable {
    /// Whole seconds, towards zero.
    public let seconds: Int64
    /// The rest in nanoseconds, of the same sign as the seconds.
    public let nanoseconds: Int32

    /// The longest span: 10,000 years of 365.25 days, in seconds.
    public static let limit: Int64 = 315_576_000_000

    /// A span from whole seconds; nil beyond the limit.
    public init?(seconds: Int64) { self.init(nanoseconds: Int128(seconds) * Nano.perSecond) }

    /// A span from nanoseconds; nil beyond the limit.
    public init?(nanoseconds total: Int128) {
        guard total.magnitude <= Int128(Self.limit).magnitude * Nano.perSecond.magnitude else { return nil }
        seconds = Int64(total / Nano.perSecond)
        nanoseconds = Int32(total % Nano.perSecond)
    }

    /// The whole span in nanoseconds.
    public var totalNanoseconds: Int128 { Int128(seconds) * Nano.perSecond + Int128(nanoseconds) }

    public static func < (left: Duration, right: Duration) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

enum Nano {
    static let perSecond: Int128 = 1_000_000_000
}
