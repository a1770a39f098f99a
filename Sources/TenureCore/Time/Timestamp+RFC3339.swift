/// Why a text is not an accepted timestamp; the raw values are the stable codes of the API.
package enum TimestampRefusal: String, Error, Sendable {
    case invalid = "invalid-timestamp"
    case needsOffset = "timestamp-needs-offset"
    case outOfRange = "timestamp-out-of-range"
}

extension Instant {
    /// Strict RFC 3339 with a required offset: `2026-03-09T11:00:00.123Z`, `…+01:00`. One to nine fraction digits are
    /// kept to the millisecond. Years 2000 to 2199; offsets up to ±14:00.
    package static func parse(rfc3339 text: String) -> Result<Instant, TimestampRefusal> {
        var reader = TimestampReader(bytes: Array(text.utf8))
        return reader.read()
    }

    /// `2026-03-09T11:00:00Z`, with milliseconds when there are any.
    package var text: String {
        let day = Day(number: Int32(truncatingIfNeeded: floorDivide(milliseconds, Milliseconds.day)))
        let ofDay = Int(milliseconds - Int64(day.number) * Milliseconds.day)
        let clock = "\(padded(ofDay / 3_600_000, 2)):\(padded(ofDay / 60_000 % 60, 2)):\(padded(ofDay / 1000 % 60, 2))"
        let fraction = ofDay % 1000 == 0 ? "" : "." + padded(ofDay % 1000, 3)
        return "\(day.text)T\(clock)\(fraction)Z"
    }
}

private struct TimestampReader {
    let bytes: [UInt8]
    var index = 19

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() -> Result<Instant, TimestampRefusal> {
        guard bytes.count >= 19, bytes.count <= 35 else { return .failure(.invalid) }
        guard let day = readDay(), let time = readTime(), let fraction = readFraction() else {
            return .failure(.invalid)
        }
        guard index < bytes.count else { return .failure(.needsOffset) }
        guard let offset = readOffset(), index == bytes.count else { return .failure(.invalid) }
        let year = day.civil.year
        guard year >= 2000, year < 2200 else { return .failure(.outOfRange) }
        return .success(
            Instant(milliseconds: Int64(day.number) * Milliseconds.day + time + fraction - offset))
    }

    private func readDay() -> Day? {
        Day(text: String(decoding: bytes[0..<10], as: UTF8.self))
    }

    private func readTime() -> Int64? {
        guard bytes[10] == 0x54 || bytes[10] == 0x74, bytes[13] == 0x3A, bytes[16] == 0x3A,
            let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]),
            let second = digits(bytes[17..<19]), hour < 24, minute < 60, second < 60
        else { return nil }
        return Int64(hour) * Milliseconds.hour + Int64(minute) * Milliseconds.minute + Int64(second) * 1000
    }

    private mutating func readFraction() -> Int64? {
        guard index < bytes.count, bytes[index] == 0x2E else { return 0 }
        let start = index + 1
        var end = start
        while end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39 { end += 1 }
        guard end > start, end - start <= 9, let number = digits(bytes[start..<min(end, start + 3)]) else {
            return nil
        }
        index = end
        let kept = min(3, end - start)
        return Int64(number) * (kept == 1 ? 100 : kept == 2 ? 10 : 1)
    }

    private mutating func readOffset() -> Int64? {
        if bytes[index] == 0x5A || bytes[index] == 0x7A {
            index += 1
            return 0
        }
        guard bytes.count == index + 6, bytes[index] == 0x2B || bytes[index] == 0x2D, bytes[index + 3] == 0x3A,
            let hours = digits(bytes[index + 1..<index + 3]), let minutes = digits(bytes[index + 4..<index + 6]),
            minutes < 60, hours * 60 + minutes <= 14 * 60
        else { return nil }
        let offset = Int64(hours) * Milliseconds.hour + Int64(minutes) * Milliseconds.minute
        let negative = bytes[index] == 0x2D
        index += 6
        return negative ? -offset : offset
    }
}
