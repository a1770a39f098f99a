import TenureCore

/// Numbers, days and instants as pages write them.
enum Wording {
    /// `1,234,567` or `1,234.5`.
    static func number(_ value: Double, places: Int = 1) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        let scale = places == 0 ? 1.0 : places == 1 ? 10 : 100
        let scaled = Int64((abs(value) * scale).rounded())
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
        let sign = value < 0 && scaled != 0 ? "−" : ""
        let fraction = rest == 0 ? "" : "." + padded(Int(rest), places)
        return sign + grouped(whole) + fraction
    }

    static func money(_ value: Double, _ currency: String) -> String {
        currency + " " + number(value, places: 0)
    }

    private static func grouped(_ number: Int64) -> String {
        let digits = Array(String(number))
        return digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : "\(digit)"
        }.joined()
    }

    /// `+3`, `−2`, `0`.
    static func change(_ points: Int) -> String {
        points > 0 ? "+\(points)" : points < 0 ? "−\(-points)" : "0"
    }

    /// Billionths of a point with three places, as sums are shown: `+1.250`.
    static func nanoPoints(_ nano: Int64, signed: Bool = false) -> String {
        let thousandths = floorDivide(nano + 500_000, 1_000_000)
        let size = abs(thousandths)
        let text = "\(size / 1000).\(padded(Int(size % 1000), 3))"
        if thousandths < 0 { return "−" + text }
        return signed && thousandths > 0 ? "+" + text : text
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `9 Mar 2026`.
    static func day(_ day: Day) -> String {
        let date = day.civil
        return "\(date.day) \(months[date.month - 1]) \(date.year)"
    }

    /// `9 Mar`: a day of the months before today, which nobody takes for one of another year.
    static func day(_ day: Day, lately today: Day) -> String {
        guard day <= today, today - day < 300 else { return Self.day(day) }
        let date = day.civil
        return "\(date.day) \(months[date.month - 1])"
    }

    /// `9 Mar 2026, 14:05`, by the wall clock of the zone.
    static func instant(_ instant: Instant, _ zone: ZoneRules) -> String {
        "\(day(zone.day(at: instant))), \(clock(instant, zone))"
    }

    /// `14:05` of today, `8 Mar, 14:05` of another day lately.
    static func instant(_ instant: Instant, _ zone: ZoneRules, lately today: Day) -> String {
        let date = zone.day(at: instant)
        return date == today ? clock(instant, zone) : "\(day(date, lately: today)), \(clock(instant, zone))"
    }

    private static func clock(_ instant: Instant, _ zone: ZoneRules) -> String {
        let minutes = zone.millisecondsOfDay(at: instant) / Milliseconds.minute
        return "\(padded(Int(minutes / 60), 2)):\(padded(Int(minutes % 60), 2))"
    }

    /// `customer_effort` as `Customer effort`.
    static func title(_ id: String) -> String {
        let words = id.split { $0 == "_" || $0 == "-" || $0 == "." }.joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// `3,412`
    static func count(_ number: Int) -> String { self.number(Double(number), places: 0) }

    static func plural(_ count: Int, _ one: String, _ many: String) -> String {
        "\(self.count(count)) \(count == 1 ? one : many)"
    }
}
