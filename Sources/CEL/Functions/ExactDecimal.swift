/// All decimal digits of a finite double, so that rounding to a number of digits is exact.
struct ExactDecimal: Sendable {
    private let isNegative: Bool
    /// Digits 0 to 9 without leading zeros; empty for zero.
    private let digits: [UInt8]
    /// How many of the digits stand behind the point.
    private let scale: Int

    init(_ number: Double) {
        isNegative = number.sign == .minus
        let (significand, exponent) = number.integerParts
        // A half is five tenths: m / 2^k is m * 5^k / 10^k.
        var amount = BigDecimalDigits(significand)
        amount.multiply(by: exponent < 0 ? 5 : 2, times: Int(exponent.magnitude))
        digits = amount.digits
        scale = max(0, -exponent)
    }

    /// `-12.350`: rounded to that many digits behind the point, halves to the even digit.
    func fixed(_ places: Int) -> String {
        var rounded = Self.rounded(digits, dropping: scale - places)
        if scale < places, !rounded.isEmpty { rounded += Array(repeating: 0, count: places - scale) }
        let padded = Array(repeating: 0, count: max(0, places + 1 - rounded.count)) + rounded
        let whole = padded.dropLast(places)
        return sign + Self.text(whole) + (places > 0 ? "." + Self.text(padded.suffix(places)) : "")
    }

    /// `-1.235e+01`: one digit, that many behind the point, and the power of ten.
    func scientific(_ places: Int) -> String {
        var power = digits.isEmpty ? 0 : digits.count - 1 - scale
        var rounded = Self.rounded(digits, dropping: digits.count - 1 - places)
        if rounded.count > places + 1 {
            rounded.removeLast()
            power += 1
        }
        rounded += Array(repeating: 0, count: max(0, places + 1 - rounded.count))
        let tail = places > 0 ? "." + Self.text(rounded.dropFirst()) : ""
        let exponent = (power < 0 ? "-" : "+") + (power.magnitude < 10 ? "0" : "") + String(power.magnitude)
        return sign + Self.text(rounded.prefix(1)) + tail + "e" + exponent
    }

    private var sign: String { isNegative ? "-" : "" }

    private static func text(_ digits: some Sequence<UInt8>) -> String {
        String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }

    /// The digits without the last `count`, rounded; nothing is dropped when the count is not positive.
    private static func rounded(_ digits: [UInt8], dropping count: Int) -> [UInt8] {
        guard count > 0 else { return digits }
        guard count <= digits.count else { return [] }
        var kept = Array(digits.dropLast(count))
        let dropped = digits.suffix(count)
        let isHalf = dropped.first == 5 && dropped.dropFirst().allSatisfy { $0 == 0 }
        let isUp = isHalf ? (kept.last ?? 0) % 2 == 1 : (dropped.first ?? 0) >= 5
        if isUp { increment(&kept) }
        return kept
    }

    private static func increment(_ digits: inout [UInt8]) {
        for place in digits.indices.reversed() {
            guard digits[place] == 9 else {
                digits[place] += 1
                return
            }
            digits[place] = 0
        }
        digits.insert(1, at: 0)
    }
}

extension Double {
    /// The number is `significand * 2^exponent`, up to its sign.
    fileprivate var integerParts: (significand: UInt64, exponent: Int) {
        guard exponentBitPattern != 0 else { return (significandBitPattern, -1_074) }
        return (significandBitPattern | 1 << 52, Int(exponentBitPattern) - 1_075)
    }
}

/// A natural number of any size, nine decimal digits to a limb, the least first.
private struct BigDecimalDigits {
    private var limbs: [UInt32] = []
    private static let base: UInt64 = 1_000_000_000

    init(_ number: UInt64) {
        var rest = number
        while rest > 0 {
            limbs.append(UInt32(rest % Self.base))
            rest /= Self.base
        }
    }

    mutating func multiply(by factor: UInt64, times: Int) {
        let (rounds, rest) = times.quotientAndRemainder(dividingBy: 12)
        for _ in 0..<rounds { multiply(by: Self.power(factor, 12)) }
        multiply(by: Self.power(factor, rest))
    }

    /// Twelve fives are less than a limb, and so are twelve twos.
    private static func power(_ factor: UInt64, _ times: Int) -> UInt64 {
        (0..<times).reduce(1) { power, _ in power * factor }
    }

    private mutating func multiply(by factor: UInt64) {
        var carry: UInt64 = 0
        for place in limbs.indices {
            let product = UInt64(limbs[place]) * factor + carry
            limbs[place] = UInt32(product % Self.base)
            carry = product / Self.base
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    var digits: [UInt8] {
        var digits: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                digits.append(UInt8(rest % 10))
                rest /= 10
            }
        }
        while digits.last == 0 { digits.removeLast() }
        return digits.reversed()
    }
}
