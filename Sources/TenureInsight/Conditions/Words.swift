import CEL
import TenureCore

/// Values in the words of a sentence.
enum Words {
    /// At most two decimals, none where there are none: `3`, `0.25`.
    static func number(_ number: Double) -> String {
        guard number.isFinite else { return "no number" }
        let hundredths = (number * 100).rounded()
        guard abs(hundredths) < 9e15 else { return "\(number)" }
        let (whole, rest) = Int64(abs(hundredths)).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        let decimals = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
        return "\(sign)\(whole).\(decimals)"
    }

    /// `2026-03-09 11:00`, by the wall clock of the zone.
    static func instant(_ instant: Instant, _ zone: ZoneRules) -> String {
        let minutes = zone.millisecondsOfDay(at: instant) / Milliseconds.minute
        return "\(zone.day(at: instant).text) \(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A number is not rounded onto one that the condition names: 49.996 below `50.0` is not shown as 50.
    static func value(_ value: Value, _ zone: ZoneRules, comparedIn text: String) -> String {
        let short = self.value(value, zone)
        guard case .double(let exact) = value, exact.isFinite, Double(short) != exact, text.contains(short) else {
            return short
        }
        return "\(exact)"
    }

    private static func value(_ value: Value, _ zone: ZoneRules) -> String {
        switch value {
        case .null: "empty"
        case .bool(let flag): flag ? "yes" : "no"
        case .int(let number): "\(number)"
        case .uint(let number): "\(number)"
        case .double(let double): number(double)
        case .string(let text): "“\(text)”"
        case .timestamp(let moment): day(moment, zone)
        case .list(let values): "\(values.count) values"
        case .bytes, .map, .duration, .type, .optional: value.typeName.name
        case .unknown: "unknown"
        case .error: "not computable"
        }
    }

    private static func day(_ moment: Timestamp, _ zone: ZoneRules) -> String {
        let (milliseconds, overflow) = moment.seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? "a moment out of range" : zone.day(at: Instant(milliseconds: milliseconds)).text
    }
}
