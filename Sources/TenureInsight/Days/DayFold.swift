import TenureCore
import TenureEngine

/// Measures an account at the close of a day from any of its facts, under that day's programme and with what had been
/// concluded by then.
struct DayFold: Sendable {
    let account: AccountID
    let created: Instant?
    let close: DayClose
    let programme: CompiledProgramme
    /// Of the account.
    let zone: ZoneRules
    /// As the reading of the close found them.
    let conclusions: Conclusions

    /// - Parameter reading: what stands for a reading that could not be made.
    func numbers(_ facts: [DayFacts.Taken], _ workspace: WorkspaceState, _ reading: HealthReading) -> DayNumbers {
        let snapshot = snapshot(facts, workspace)
        let metrics = zip(programme.dayMetricNames, programme.dayMetrics).map {
            DayMetric(name: $0, value: MetricValue(snapshot.readings[$1]))
        }
        return DayNumbers(snapshot.health ?? reading, metrics)
    }

    func snapshot(_ facts: [DayFacts.Taken], _ workspace: WorkspaceState) -> Snapshot {
        var fold = Refold(programme, retracted: facts.compactMap(\.retracted))
        for taken in facts { fold.take(taken.folded) }
        fold.pass(to: close.at)
        var state = AccountState(id: account, programme: programme)
        state.observations = fold.observations
        state.clock = close.at
        state.created = created
        state.conclusions = conclusions
        return Snapshot(programme: programme, workspace: workspace, state: state, now: close.at)
    }
}
