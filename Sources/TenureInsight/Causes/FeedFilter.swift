import TenureCore
import TenureEngine
import TenureProgramme

/// Asks the engine whether an event passes a filter: what it folds from that event alone tells.
struct FeedFilter: Sendable {
    private let probe: CompiledProgramme
    private let metric: Int?

    /// nil: every event of the type passes.
    init?(_ sum: EventSum, in programme: CompiledProgramme) {
        guard sum.filter.when != nil || sum.value != nil else { return nil }
        var small = Programme(id: "probe", title: "Probe")
        small.events = programme.programme.events.filter { isSame($0.type, sum.filter.event) }
        small.metrics = [Metric(id: "probe", measure: .last(sum))]
        probe = CompiledProgramme(small, zones: programme.zones)
        metric = probe.metric(MetricReference(metric: "probe", windowDays: nil))
    }

    func passes(_ fact: Fact) -> Bool {
        guard let metric else { return false }
        var state = AccountState(id: "probe", programme: probe)
        var fact = fact.asTakenLive
        fact.recorded = fact.occurred
        let context = TurnContext(programme: probe, workspace: WorkspaceState())
        _ = Engine.turn(&state, facts: [fact], now: fact.occurred, context, history: [])
        let snapshot = Snapshot(
            programme: probe, workspace: WorkspaceState(), state: state, now: fact.occurred)
        return snapshot.readings[metric].value != nil
    }
}
