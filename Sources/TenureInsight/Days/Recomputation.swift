package import TenureCore
package import TenureEngine
import TenureProgramme

/// A closed day folded anew from the facts that are known by now, under the programme of that day: for each number
/// whether it is the same, or what it was revised by.
package struct Recomputation: Sendable {
    package enum Verdict: Hashable, Sendable {
        case same
        /// Newest first.
        case revised([FactChange])
        /// These sources were silent for everybody, and what they told of the time has come since.
        case spoke([String])
        /// The facts that were known then do not give what was kept: an error of ours.
        case unexplained
        /// Nothing was kept to compare with.
        case notKept
    }

    package struct Line: Hashable, Sendable {
        package let number: DayNumber
        package let id: String
        package let title: String
        package let then: DayNumber.Value?
        package let now: DayNumber.Value?
        package let verdict: Verdict
    }

    package let lines: [Line]
    /// Facts that came or were taken back since, and had occurred by then, whether or not they moved a number.
    package let changes: [FactChange]
    /// How many of them came too late to count.
    package let tooLateCount: Int

    /// - Parameters:
    ///   - kept: what was recorded of the day; its conclusions are those that the close found.
    ///   - blocks: all with facts of the account, in log order.
    ///   - shared: what all accounts shared when the day was closed, and with what has been told of that time since.
    package init(
        _ kept: KeptDay, _ blocks: [AccountBlock], shared: (then: WorkspaceState, now: WorkspaceState),
        liveSince: Instant?
    ) {
        let facts = DayFacts(blocks, kept.fold.close, liveSince: liveSince)
        let search = RevisionSearch(kept, facts, shared)
        lines = search.lines
        changes = facts.changes
        tooLateCount = changes.count { search.isTooLate($0) }
    }

    package var revised: [Line] { lines.filter { $0.verdict != .same && $0.verdict != .notKept } }
    package var isUnexplained: Bool { lines.contains { $0.verdict == .unexplained } }
}

/// What was recorded of a day, and what it takes to fold it anew.
package struct KeptDay: Sendable {
    let numbers: DayNumbers
    let reading: HealthReading
    let hasMetrics: Bool
    let fold: DayFold

    /// - Parameters:
    ///   - conclusions: as the reading of the close found them.
    ///   - metrics: nil: not kept.
    package init(
        _ account: AccountID, created: Instant?, _ close: DayClose, _ reading: HealthReading, _ conclusions: Conclusions,
        metrics: [DayMetric]?, programme: CompiledProgramme, zone: ZoneRules
    ) {
        self.reading = reading
        numbers = DayNumbers(reading, metrics ?? [])
        hasMetrics = metrics != nil
        fold = DayFold(
            account: account, created: created, close: close, programme: programme, zone: zone, conclusions: conclusions)
    }

    /// The account at the close, and the facts from which it was folded: those that were known then.
    package func folded(
        _ blocks: [AccountBlock], _ shared: WorkspaceState, liveSince: Instant?
    ) -> (snapshot: Snapshot, facts: [Fact]) {
        let then = DayFacts(blocks, fold.close, liveSince: liveSince).then
        return (fold.snapshot(then, shared), then.map(\.fact))
    }
}
