package import TenureCore
import TenureEngine
import TenureProgramme

/// How an account stood at the end of each of its local days, as the product would have shown it then.
package struct AccountCourse: Hashable, Sendable {
    package let external: String
    /// The first day at whose end the account was known; nil: it never was.
    package private(set) var firstDay: Day?
    /// By day from the first on; -1: there was no score.
    package private(set) var scores: [Int16] = []
    /// Percent of the model's weight that was known, by day.
    package private(set) var coverages: [Int8] = []
    /// Days on which each signal stood open, by the programme's signals.
    package private(set) var openSignals: [[ClosedRange<Day>]]
    /// Days on which each band was the one that people see, by the model's bands.
    package private(set) var shownBands: [[ClosedRange<Day>]]
    /// Days on which each part of the score was unknown, by the programme's components.
    package private(set) var unknownComponents: [[ClosedRange<Day>]]

    init(external: String, programme: CompiledProgramme) {
        self.external = external
        openSignals = Array(repeating: [], count: programme.signals.count)
        shownBands = Array(repeating: [], count: programme.programme.health.bands.count)
        unknownComponents = Array(repeating: [], count: programme.componentIDs.count)
    }

    /// Notes how the account stands when `day` has ended.
    mutating func close(_ day: Day, _ conclusions: Conclusions, _ programme: CompiledProgramme) {
        firstDay = firstDay ?? day
        let reading = conclusions.health.reading
        scores.append(reading?.score.flatMap { Int16(exactly: $0) } ?? -1)
        coverages.append(Int8(clamping: (reading?.coverageMicros ?? 0) / 1_000_000))
        for (index, plan) in programme.signals.enumerated()
        where conclusions.signal(plan.signal.id)?.isOpen == true { openSignals[index].extend(to: day) }
        if let band = conclusions.health.displayedBand, shownBands.indices.contains(band) {
            shownBands[band].extend(to: day)
        }
        for index in unknownComponents.indices where reading?.components[index].pointsNano == nil {
            unknownComponents[index].extend(to: day)
        }
    }
}

extension [ClosedRange<Day>] {
    /// The day joins the last stretch when it follows it, else a new one begins.
    fileprivate mutating func extend(to day: Day) {
        if let last, last.upperBound + 1 == day {
            self[count - 1] = last.lowerBound...day
        } else {
            append(day...day)
        }
    }
}
