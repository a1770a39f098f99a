/// An instant in UTC, exact to the nanosecond, in the years 1 to 9999.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    public let seconds: Int64
    /// Nanoseconds after that second, 0 to 999,999,999.
    public let nanoseconds: Int32

    /// 0001-01-01T00:00:00Z in seconds since 1970.
    public static let earliest: Int64 = -62_135_596_800
    /// 9999-12-31T23:59:59Z in seconds since 1970.
    public static let latest: Int64 = 253_402_300_799

    /// An instant; nil outside the years 1 to 9999 or when the nanoseconds are not a part of a second.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard (Self.earliest...Self.latest).contains(seconds), (0..<1_000_000_000).contains(nanoseconds)
        else {
            return nil
        }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// An instant from nanoseconds since 1970; nil outside the years 1 to 9999.
    public init?(nanosecondsSinceEpoch total: Int128) {
        let (seconds, rest) = total.flooredDivision(by: Nano.perSecond)
        guard let seconds = Int64(exactly: seconds) else { return nil }
        self.init(seconds: seconds, nanoseconds: Int32(rest))
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public var nanosecondsSinceEpoch: Int128 { Int128(seconds) * Nano.perSecond + Int128(nanoseconds) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

extension BinaryInteger {
    /// Quotient rounded down and a remainder that is never negative; the divisor is positive.
    func flooredDivision(by divisor: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
