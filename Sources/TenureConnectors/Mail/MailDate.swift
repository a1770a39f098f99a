import TenureCore

/// RFC 5322 dates, in UTC.
enum MailDate {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Mon, 09 Mar 2026 11:00:00 +0000`.
    static func text(_ instant: Instant) -> String {
        let day = Day(number: Int32(truncatingIfNeeded: floorDivide(instant.seconds, 86_400)))
        let second = Int(instant.seconds - floorDivide(instant.seconds, 86_400) * 86_400)
        let date = day.civil
        let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(
            separator: ":")
        return "\(weekdays[day.weekday]), \(padded(date.day, 2)) \(months[date.month - 1]) "
            + "\(padded(Int(date.year), 4)) \(clock) +0000"
    }
}
