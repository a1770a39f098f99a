import TenureCore
package import TenureEngine
package import TenureStore

/// What was recorded of one day of an account by its close, and the programme that was in force: nothing is concluded
/// or measured anew.
package struct RecordedDay: Sendable {
    package struct Metric: Hashable, Sendable {
        /// `users.active.7d`
        package let name: String
        package let value: MetricValue
    }

    package let close: DayClose
    package let reading: HealthReading
    /// nil: closed by a version of the product that did not keep them.
    package let metrics: [Metric]?
    /// Up to the close, oldest first; of moves of the score before the day only the newest.
    package let decisions: [Decision]
    /// Closed days before this one, as many as conclusions remember.
    let earlier: [Closed]
    private let belowBestSince: Day?
    /// As it ran then, beside older versions whose plays ran on.
    package let programme: CompiledProgramme
    /// Without its files.
    package let version: ProgrammeRow

    struct Closed: Sendable {
        let day: Day
        let reading: HealthReading
        let belowBestSince: Day?

        init(_ row: DailyRow) throws {
            var reader = ByteReader(row.bytes)
            day = row.day
            (reading, belowBestSince) = try reader.readClosedDay()
        }
    }

    init(
        _ closed: Closed, _ close: DayClose, metrics: [Metric]?, earlier: [Closed], decisions: [Decision],
        programme: CompiledProgramme, version: ProgrammeRow
    ) {
        self.close = close
        self.metrics = metrics
        self.earlier = earlier
        self.decisions = decisions
        self.programme = programme
        self.version = version
        reading = closed.reading
        belowBestSince = closed.belowBestSince
    }

    /// As they were when the day had been closed, with what its midnight concluded.
    package var conclusions: Conclusions {
        var conclusions = conclusions(of: decisions)
        conclusions.close(close.day, reading, belowBestSince: belowBestSince)
        conclusions.health.reading = reading
        return conclusions
    }

    /// As the reading of the close found them.
    package var conclusionsBefore: Conclusions { conclusions(of: decisions.filter { $0.at < close.at }) }

    private func conclusions(of decisions: [Decision]) -> Conclusions {
        var conclusions = Conclusions()
        for decision in decisions { decision.apply(to: &conclusions) }
        for day in earlier { conclusions.close(day.day, day.reading, belowBestSince: day.belowBestSince) }
        return conclusions
    }
}
