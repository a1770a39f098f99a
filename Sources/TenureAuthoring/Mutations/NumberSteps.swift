import TenureCore

/// What a number becomes when it is moved up and down: by a tenth of its value, or by one unit where a tenth is less
/// than that or says nothing. Texts in, texts out, so that 0.05 becomes 0.055 and not what is nearest to it.
enum NumberSteps {
    /// Whole numbers, with or without `.0`: a tenth to the nearest whole, at least one.
    static func whole(_ text: String) -> [String] {
        guard let number = Digits(text), let value = number.wholeValue else { return [] }
        let step = tenth(of: value)
        let ending = text.hasSuffix(".0") ? ".0" : ""
        return [value - step, value + step].map { "\($0)\(ending)" }
    }

    /// Numbers between whole ones mean something too: exactly a tenth, and one for nothing.
    static func measured(_ text: String) -> [String] {
        guard let number = Digits(text) else { return [] }
        if number.mantissa == 0 { return whole(text) }
        let isFraction = text.contains(".")
        return [9, 11].map { number.times(tenths: $0).text(keepingPoint: isFraction) }
    }

    /// `14d`, `-90d`, `4bh`.
    static func span(_ text: String) -> [String] {
        guard let span = Span(text: text) else { return [] }
        let step = Int32(truncatingIfNeeded: tenth(of: Int64(span.count)))
        return [span.count &- step, span.count &+ step].map { "\($0)\(span.unit.rawValue)" }
    }

    /// `2026-12-25`: a day is the unit.
    static func date(_ text: String) -> [String] {
        guard let day = Day(text: text) else { return [] }
        return [(day + -1).text, (day + 1).text]
    }

    /// `09:00-12:00 13:00-17:00`: each edge in turn, by a minute.
    static func hours(_ text: String) -> [(from: String, to: String, whole: String)] {
        var found: [(from: String, to: String, whole: String)] = []
        var rest = text[...]
        while let colon = rest.firstIndex(of: ":") {
            guard let start = rest.index(colon, offsetBy: -2, limitedBy: rest.startIndex),
                let end = rest.index(colon, offsetBy: 3, limitedBy: rest.endIndex)
            else { break }
            let time = String(rest[start..<end])
            for moved in minutes(time) {
                found.append((time, moved, String(text[..<start]) + moved + String(text[end...])))
            }
            rest = rest[end...]
        }
        return found
    }

    private static func minutes(_ time: String) -> [String] {
        guard let hour = Int(time.prefix(2)), let minute = Int(time.suffix(2)) else { return [] }
        return [-1, 1].map { step in
            let moved = hour * 60 + minute + step
            return two(moved / 60) + ":" + two(moved % 60)
        }
    }

    private static func two(_ number: Int) -> String { number < 10 && number >= 0 ? "0\(number)" : "\(number)" }

    private static func tenth(of value: Int64) -> Int64 { max(1, (value.magnitude > 1 << 60 ? 1 : abs(value) + 5) / 10) }
}

/// A decimal number as its digits: `mantissa` over ten to the `scale`.
private struct Digits {
    var mantissa: Int64
    var scale: Int

    /// Nil for what is no plain number, or too long to be multiplied.
    init?(_ text: String) {
        guard PlainNumber.double(text) != nil else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        guard text.utf8.count <= 16, let mantissa = Int64(String(parts[0]) + fraction) else { return nil }
        (self.mantissa, scale) = (mantissa, fraction.utf8.count)
    }

    init(mantissa: Int64, scale: Int) { (self.mantissa, self.scale) = (mantissa, scale) }

    var wholeValue: Int64? {
        let unit = (0..<scale).reduce(Int64(1)) { power, _ in power * 10 }
        return mantissa % unit == 0 ? mantissa / unit : nil
    }

    func times(tenths: Int64) -> Digits { Digits(mantissa: mantissa * tenths, scale: scale + 1).shortened }

    private var shortened: Digits {
        var digits = self
        while digits.scale > 0, digits.mantissa % 10 == 0 { (digits.mantissa, digits.scale) = (digits.mantissa / 10, digits.scale - 1) }
        return digits
    }

    /// A CEL double keeps its point, for `3` is no `3.0` there.
    func text(keepingPoint: Bool) -> String {
        let sign = mantissa < 0 ? "-" : ""
        var digits = String(mantissa.magnitude)
        guard scale > 0 else { return sign + digits + (keepingPoint ? ".0" : "") }
        digits = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        return sign + digits.dropLast(scale) + "." + digits.suffix(scale)
    }
}
