/// A calendar day without a zone, counted from 1970-01-01 (proleptic Gregorian).
package struct Day: Hashable, Comparable, Sendable {
    package var number: Int32

    package init(number: Int32) { self.number = number }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    package static func + (day: Day, days: Int32) -> Day { Day(number: day.number &+ days) }
    /// Days from `right` to `left`.
    package static func - (left: Day, right: Day) -> Int32 { left.number &- right.number }

    /// Monday is 0, Sunday is 6.
    package var weekday: Int { Int(((number &+ 3) % 7 + 7) % 7) }
}

/// Year, month and day of month of a `Day`.
package struct CivilDate: Hashable, Sendable {
    package var year: Int32
    package var month: Int
    package var day: Int

    package init(year: Int32, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    package static func daysInMonth(_ month: Int, year: Int32) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func isLeap(_ year: Int32) -> Bool {
        (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    }

    package var isValid: Bool {
        (1...12).contains(month) && day >= 1 && day <= Self.daysInMonth(month, year: year)
    }
}

extension Day {
    /// Howard Hinnant's `days_from_civil`; the date must be valid.
    package init(_ date: CivilDate) {
        let year = Int64(date.year) - (date.month <= 2 ? 1 : 0)
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let monthFromMarch = Int64((date.month + 9) % 12)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(date.day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468))
    }

    package var civil: CivilDate {
        let shifted = Int64(number) + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return CivilDate(year: Int32(truncatingIfNeeded: year), month: month, day: day)
    }

    /// The same day of month `months` later, clipped to the month's end (31 January + 1 is 28 or 29 February).
    package func adding(months: Int) -> Day {
        let date = civil
        let total = Int64(date.year) * 12 + Int64(date.month - 1) + Int64(months)
        let year = Int32(truncatingIfNeeded: floorDivide(total, 12))
        let month = Int(total - Int64(year) * 12) + 1
        return Day(CivilDate(year: year, month: month, day: min(date.day, CivilDate.daysInMonth(month, year: year))))
    }

    /// `2026-03-09`.
    package var text: String {
        let date = civil
        return "\(padded(Int(date.year), 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }

    /// Reads `2026-03-09`; anything else, and dates that do not exist, give nil.
    package init?(text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
            let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]), let day = digits(bytes[8..<10])
        else { return nil }
        let date = CivilDate(year: Int32(year), month: month, day: day)
        guard year >= 1, date.isValid else { return nil }
        self.init(date)
    }
}

package func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
}

/// The number that ASCII digits spell; nil when another byte is among them or there are none or more than nine.
func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var number = 0
    for byte in bytes {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        number = number * 10 + Int(byte - 0x30)
    }
    return number
}
