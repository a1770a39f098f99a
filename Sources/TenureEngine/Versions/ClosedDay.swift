package import TenureCore

extension ByteReader {
    /// A day's row as the writer keeps it: the reading, and since when the score has been below the best band.
    package mutating func readClosedDay() throws -> (reading: HealthReading, belowBestSince: Day?) {
        let reading = try readHealthReading()
        // Rows of before versions were kept end here.
        return (reading, isAtEnd ? nil : try readOptional { try $0.readDay() })
    }
}

extension Conclusions {
    /// A recorded day's close, applied after everything else that was recorded: the reading stays as it came last.
    package mutating func close(_ day: Day, _ reading: HealthReading, belowBestSince: Day?) {
        let last = health.reading
        HealthDecision.dayClosed(day, reading, belowBestSince: belowBestSince, .empty).apply(
            to: &health, at: Instant(milliseconds: 0))
        health.reading = last ?? reading
    }
}
