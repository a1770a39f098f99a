/// A length of time as a programme writes it: `15m 4h 3d 2bd 8bh 2w 1mo`.
package struct Span: Hashable, Sendable {
    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case minutes = "m"
        case hours = "h"
        case days = "d"
        case weeks = "w"
        case months = "mo"
        /// Hours that the named business calendar counts.
        case businessHours = "bh"
        /// The same wall time on the n-th business day after.
        case businessDays = "bd"

        package var isBusiness: Bool { self == .businessHours || self == .businessDays }
    }

    package var count: Int32
    package var unit: Unit

    package init(_ count: Int32, _ unit: Unit) {
        self.count = count
        self.unit = unit
    }

    /// Reads `24h`, `-3d`, `2bd`; nil for anything else, and beyond ±100,000.
    package init?(text: String) {
        let number = text.prefix { $0 == "-" || ($0 >= "0" && $0 <= "9") }
        guard let count = Int32(number), abs(Int64(count)) <= 100_000,
            let unit = Unit(rawValue: String(text.dropFirst(number.count)))
        else { return nil }
        self.init(count, unit)
    }

    package var text: String { "\(count)\(unit.rawValue)" }

    /// Milliseconds of the units whose length is fixed; nil for calendar-bound ones.
    package var fixedMilliseconds: Int64? {
        switch unit {
        case .minutes: Int64(count) * Milliseconds.minute
        case .hours: Int64(count) * Milliseconds.hour
        case .days: Int64(count) * Milliseconds.day
        case .weeks: Int64(count) * 7 * Milliseconds.day
        case .months, .businessHours, .businessDays: nil
        }
    }
}
