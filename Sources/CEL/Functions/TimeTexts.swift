extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC, with as many digits after the second as are needed.
    public var description: String {
        let time = CivilTime(seconds: seconds)
        let date = "\(time.year.padded(to: 4))-\(time.month.padded(to: 2))-\(time.day.padded(to: 2))"
        let (hour, rest) = time.secondOfDay.quotientAndRemainder(dividingBy: 3_600)
        let clock = "\(hour.padded(to: 2)):\((rest / 60).padded(to: 2)):\((rest % 60).padded(to: 2))"
        return "\(date)T\(clock)\(nanoseconds.fractionText)Z"
    }

    /// Reads RFC 3339, strictly; nil for anything else, also for days and hours that do not exist.
    public init?(_ text: String) {
        var reader = DigitReader(text)
        guard let seconds = reader.dateTime(), let nanoseconds = reader.fraction(),
            let offset = reader.zone(),
            reader.isAtEnd
        else { return nil }
        self.init(seconds: seconds - offset, nanoseconds: nanoseconds)
    }
}

extension Duration: CustomStringConvertible {
    /// Seconds with as many digits behind as are needed: `5400s`, `-0.25s`.
    public var description: String {
        let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
        return "\(sign)\(seconds.magnitude)\(Int32(nanoseconds.magnitude).fractionText)s"
    }

    /// Reads amounts with units, such as `30d`, `1h30m`, `-2.5s`; units are d (24 hours), h, m, s, ms, us,
    /// ns.
    public init?(_ text: String) {
        var reader = DigitReader(text)
        let isNegative = reader.take("-")
        if !isNegative { _ = reader.take("+") }
        if reader.rest == "0" {
            self.init(seconds: 0)
            return
        }
        var total: Int128 = 0
        repeat {
            guard let amount = reader.amountWithUnit() else { return nil }
            total += amount
            guard total <= Int128(Self.limit) * Nano.perSecond else { return nil }
        } while !reader.isAtEnd
        self.init(nanoseconds: isNegative ? -total : total)
    }
}

extension BinaryInteger {
    fileprivate func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Int32 {
    /// Nanoseconds as the digits behind a second: empty, or a point and up to nine digits.
    fileprivate var fractionText: String {
        guard self > 0 else { return "" }
        var digits = padded(to: 9)
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }
}

/// Reads digits and marks of times, byte by byte.
private struct DigitReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { place == bytes.count }
    var rest: String { String(decoding: bytes[place...], as: UTF8.self) }

    mutating func take(_ text: String) -> Bool {
        guard bytes[place...].starts(with: text.utf8) else { return false }
        place += text.utf8.count
        return true
    }

    private mutating func takeDigits() -> ArraySlice<UInt8> {
        let digits = bytes[place...].prefix { $0.isDigit }
        place += digits.count
        return digits
    }

    /// Exactly `count` digits, as a number within the range.
    private mutating func number(_ count: Int, in range: ClosedRange<Int64>) -> Int64? {
        let digits = bytes[place...].prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
        place += count
        let number = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        return range.contains(number) ? number : nil
    }

    /// `2026-05-01T09:00:00` in seconds since 1970.
    mutating func dateTime() -> Int64? {
        guard let year = number(4, in: 0...9_999), take("-"), let month = number(2, in: 1...12), take("-"),
            let day = number(2, in: 1...CivilTime.daysInMonth(month, of: year)), take("T") || take("t"),
            let hour = number(2, in: 0...23), take(":"), let minute = number(2, in: 0...59), take(":"),
            let second = number(2, in: 0...59)
        else { return nil }
        let days = CivilTime.days(year: year, month: month, day: day)
        return days * CivilTime.secondsPerDay + hour * 3_600 + minute * 60 + second
    }

    /// Nanoseconds behind a point; 0 without one, nil for a point without digits or with more than nine.
    mutating func fraction() -> Int32? {
        guard take(".") else { return 0 }
        let digits = takeDigits()
        guard (1...9).contains(digits.count) else { return nil }
        let number = digits.reduce(Int32(0)) { $0 * 10 + Int32($1 - UInt8(ascii: "0")) }
        return (digits.count..<9).reduce(number) { number, _ in number * 10 }
    }

    /// `Z` or an offset such as `+02:00`, in seconds east of UTC.
    mutating func zone() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+"), let hours = number(2, in: 0...23), take(":"),
            let minutes = number(2, in: 0...59)
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
    }

    /// Nanoseconds of an amount with its unit.
    mutating func amountWithUnit() -> Int128? {
        let whole = takeDigits()
        let hasPoint = take(".")
        let part = hasPoint ? takeDigits() : []
        guard !whole.isEmpty || !part.isEmpty, whole.count <= 18, let unit = unit() else { return nil }
        let amount = whole.reduce(Int128(0)) { $0 * 10 + Int128($1 - UInt8(ascii: "0")) } * unit
        var scale: Int128 = 1
        var share: Int128 = 0
        for digit in part.prefix(15) {
            scale *= 10
            share = share * 10 + Int128(digit - UInt8(ascii: "0"))
        }
        return amount + share * unit / scale
    }

    /// Longer names first, as `m` also begins `ms`.
    private static let units: [(String, Int128)] = [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", Nano.perSecond),
        ("m", 60 * Nano.perSecond), ("h", 3_600 * Nano.perSecond), ("d", 86_400 * Nano.perSecond),
    ]

    private mutating func unit() -> Int128? {
        for (name, nanoseconds) in Self.units where take(name) { return nanoseconds }
        return nil
    }
}
