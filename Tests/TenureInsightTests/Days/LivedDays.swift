import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme

@testable import TenureInsight

/// A life lived block by block, with what was kept of each of its days.
struct LivedDays {
    struct Kept {
        let close: DayClose
        let reading: HealthReading
        let metrics: [DayMetric]
        /// As the close found them.
        let conclusions: Conclusions
    }

    let programme: CompiledProgramme
    private(set) var blocks: [AccountBlock] = []
    private(set) var days: [Kept] = []
    private(set) var ledger: Ledger
    private var conclusions = Conclusions()
    private var position: UInt64 = 0

    /// - Parameter silentSince: nil: others keep all sources alive, so that this account's silence makes nothing stale.
    init(_ programme: CompiledProgramme, from start: Instant, isLive: Bool = true, heardUntil end: Instant?) {
        self.programme = programme
        ledger = Ledger(programme, isLive: isLive)
        if let end {
            for type in programme.programme.events { ledger.workspace.lastRecorded[type.type] = end }
            ledger.workspace.lastActivity = end
        }
        if isLive {
            ledger.state.created = start
            take([], at: start)
        }
    }

    mutating func take(_ facts: [Fact], at now: Instant) {
        position += 1
        let history = blocks.flatMap(\.facts)
        if !facts.isEmpty { blocks.append(AccountBlock(position: position, now: now, facts: facts)) }
        for decision in ledger.turn(now, facts, history: history) {
            if case .health(.dayClosed(let day, let reading, _, let vector)) = decision.what {
                keep(day, reading, vector, at: decision.at)
            }
            decision.apply(to: &conclusions)
        }
    }

    private mutating func keep(_ day: Day, _ reading: HealthReading, _ vector: MetricVector, at: Instant) {
        let names = programme.dayMetricNames
        let values = (try? vector.values(count: names.count)) ?? []
        days.append(
            Kept(
                close: DayClose(day: day, at: at, position: position), reading: reading,
                metrics: zip(names, values).map { DayMetric(name: $0, value: $1) }, conclusions: conclusions))
    }

    mutating func goLive(at now: Instant) {
        ledger.workspace.liveSince = now
        take([], at: now)
    }

    func recomputed(_ kept: Kept, _ blocks: [AccountBlock]? = nil) -> Recomputation {
        let day = KeptDay(
            ledger.state.id, created: ledger.state.created, kept.close, kept.reading, kept.conclusions,
            metrics: kept.metrics, programme: programme, zone: programme.zone(of: ledger.state.observations))
        return Recomputation(
            day, blocks ?? self.blocks, shared: (ledger.workspace, ledger.workspace), liveSince: ledger.workspace.liveSince)
    }
}

extension Recomputation.Line {
    /// As an observed number, for comparisons with another life: what was concluded differs between lives.
    var metric: MetricValue? { if case .metric(let value)? = now { value } else { nil } }
}
