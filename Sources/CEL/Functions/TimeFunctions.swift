/// The parts of instants, in UTC or in a zone, and of spans.
enum TimeFunctions {
    static let all = [
        part("getFullYear") { time, _ in time.year },
        part("getMonth") { time, _ in time.month - 1 },
        part("getDate") { time, _ in time.day },
        part("getDayOfMonth") { time, _ in time.day - 1 },
        part("getDayOfWeek") { time, _ in time.dayOfWeek },
        part("getDayOfYear") { time, _ in time.dayOfYear },
        part("getHours", ofSpan: { $0.seconds / 3_600 }) { time, _ in time.secondOfDay / 3_600 },
        part("getMinutes", ofSpan: { $0.seconds / 60 }) { time, _ in time.secondOfDay / 60 % 60 },
        part("getSeconds", ofSpan: \.seconds) { time, _ in time.secondOfDay % 60 },
        part("getMilliseconds", ofSpan: { Int64($0.nanoseconds / 1_000_000) }) { _, nanoseconds in
            Int64(nanoseconds / 1_000_000)
        },
    ]

    private static func part(
        _ name: String, ofSpan spanPart: (@Sendable (Duration) -> Int64)? = nil,
        of instantPart: @escaping @Sendable (CivilTime, Int32) -> Int64
    ) -> Function {
        let ofInstant: [Signature] = [.member(.timestamp, [], .int), .member(.timestamp, [.string], .int)]
        let ofSpan: [Signature] = spanPart == nil ? [] : [.member(.duration, [], .int)]
        return Function(name, ofInstant + ofSpan) { call in
            if case .duration(let span) = call[0], let spanPart, call.count == 1 {
                return .int(spanPart(span))
            }
            guard case .timestamp(let instant) = call[0] else { return call.mismatch() }
            guard let offset = offset(in: call, at: instant) else {
                return call.invalid("this time zone is not known")
            }
            let time = CivilTime(seconds: instant.seconds + Int64(offset))
            return .int(instantPart(time, instant.nanoseconds))
        }
    }

    /// Seconds east of UTC by the zone argument, if there is one.
    private static func offset(in call: Call, at instant: Timestamp) -> Int? {
        guard call.count > 1 else { return 0 }
        guard case .string(let zone) = call[1] else { return nil }
        return fixedOffset(zone) ?? call.zones?(zone, instant.seconds).flatMap(plausible)
    }

    /// No zone was ever more than a day from UTC.
    private static func plausible(_ offset: Int) -> Int? { offset.magnitude < 86_400 ? offset : nil }

    /// `UTC`, `Z`, `+02:00`, `-09:30` or `02:00`.
    private static func fixedOffset(_ zone: String) -> Int? {
        if zone.isEmpty || ["UTC", "Z"].contains(zone) { return 0 }
        let isWest = zone.hasPrefix("-")
        let digits = isWest || zone.hasPrefix("+") ? zone.dropFirst() : zone[...]
        let bytes = Array(digits.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hours = number(bytes[0...1]),
            let minutes = number(bytes[3...4]), hours < 24, minutes < 60
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
