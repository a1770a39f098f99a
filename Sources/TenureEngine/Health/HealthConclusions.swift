package import TenureCore

/// The part of an account's conclusions that the health stage owns.
package struct HealthConclusions: Hashable, Sendable {
    package var reading: HealthReading?
    /// The band that people see: it follows the reading's band after hysteresis and dwell.
    package var displayedBand: Int?
    /// A band that waits for its dwell, and since when.
    package var waitingBand: Int?
    package var waitingSince: Day?
    /// When the displayed score last fell below the best band.
    package var belowBestSince: Day?
    /// End-of-day scores, newest last; at most 91 days.
    package var daily: [DailyScore] = []

    package struct DailyScore: Hashable, Sendable {
        package var day: Day
        package var scoreNano: Int64?
    }

    package func daily(on day: Day) -> DailyScore? {
        guard let last = daily.last?.day, day <= last else { return nil }
        let index = daily.count - 1 - Int(last - day)
        if index >= 0, index < daily.count, daily[index].day == day { return daily[index] }
        return daily.first { $0.day == day }
    }
}

extension ByteWriter {
    mutating func write(_ health: HealthConclusions) {
        write(health.reading) { $0.write($1) }
        write(health.displayedBand) { $0.write($1) }
        write(health.waitingBand) { $0.write($1) }
        write(health.waitingSince) { $0.write($1) }
        write(health.belowBestSince) { $0.write($1) }
        write(list: health.daily) {
            $0.write($1.day)
            $0.write($1.scoreNano) { $0.write($1) }
        }
    }
}

extension ByteReader {
    mutating func readHealthConclusions() throws -> HealthConclusions {
        HealthConclusions(
            reading: try readOptional { try $0.readHealthReading() }, displayedBand: try readOptional { try $0.readInt() },
            waitingBand: try readOptional { try $0.readInt() }, waitingSince: try readOptional { try $0.readDay() },
            belowBestSince: try readOptional { try $0.readDay() },
            daily: try readList { .init(day: try $0.readDay(), scoreNano: try $0.readOptional { try $0.readInt64() }) })
    }
}
