import TenureCore

/// The Retry-After header: seconds, or a date (RFC 9110).
enum RetryAfter {
    static let secondsMax = 86_400

    /// At most a day; nil for a date in the past and for anything else.
    static func seconds(_ text: String, now: Instant) -> Int? {
        let trimmed = text.drop { $0 == " " || $0 == "\t" }
        if !trimmed.isEmpty, trimmed.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return min(Int(trimmed) ?? secondsMax, secondsMax)
        }
        guard let date = date(trimmed), date > now else { return nil }
        return Int(clamping: min((date - now + 999) / 1000, Int64(secondsMax)))
    }

    /// `Mon, 09 Mar 2026 11:00:00 GMT`, the only form that may be sent.
    private static func date(_ text: Substring) -> Instant? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT",
            let month = MailDate.months.firstIndex(of: String(parts[2]))
        else {
            return nil
        }
        let written = "\(parts[3])-\(padded(month + 1, 2))-\(parts[1])T\(parts[4])Z"
        switch Instant.parse(rfc3339: written) {
        case .success(let instant): return instant
        case .failure: return nil
        }
    }
}
