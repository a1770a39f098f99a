package import TenureCore
import TenureProgramme

// What is told apart, and the billing month.
extension Snapshot {
    /// - Parameter length: days of the window; 0 is the whole life.
    func distinct(_ table: DistinctTable, _ membersMin: Int, _ isNew: Bool, _ length: Int) -> MetricReading {
        let count =
            length == 0
            ? table.countAll(membersMin: membersMin)
            : isNew
                ? table.countNew(window(length), membersMin: membersMin)
                : table.count(observations.members.bits(window(length)), membersMin: membersMin)
        return .known(Double(count), sample: Int64(count))
    }

    func newestOfEach(
        _ table: NewestTable, _ aggregate: NewestMeasure.Aggregate, _ scale: Double, _ isRounded: Bool, _ length: Int
    ) -> MetricReading {
        let reading = aggregated(newestValues(table, length), aggregate, scale: scale)
        guard isRounded, let value = reading.value else { return reading }
        return .known(value.rounded(), sample: reading.sample)
    }

    func newestValues(_ table: NewestTable, _ length: Int) -> [Double] {
        let days = length == 0 ? nil : window(length)
        return table.rows.compactMap { row in
            days.map { $0.contains(zone.day(at: row.latest.version.occurred)) } ?? true ? row.latest.value : nil
        }
    }

    /// From the day on which the running month of the contract began, which is the day of the month of `term_start`, or
    /// the first where that is not known; clipped where a month is shorter.
    package var billingMonth: ClosedRange<Day> {
        let date = today.civil
        let first = Day(CivilDate(year: date.year, month: date.month, day: 1))
        guard let anchor = day(of: "term_start") else { return first...today }
        let months = Int(date.year - anchor.civil.year) * 12 + date.month - anchor.civil.month
        let start = anchor.adding(months: months)
        return (start <= today ? start : anchor.adding(months: months - 1))...today
    }
}
