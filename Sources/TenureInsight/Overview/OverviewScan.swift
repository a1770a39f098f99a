import TenureCore
import TenureProgramme

/// Looks at an account's numbers for the first page: one walk over columns, no object is touched.
struct OverviewScan: Sendable {
    let table: AccountTable
    let past: PastColumn
    let now: Instant
    let today: Day
    /// Of each band of the model, whether its accounts are at risk.
    private let alarms: [Bool]
    /// Of each band of the model, whether its accounts do well.
    private let isGood: [Bool]
    /// Of each signal of the programme, whether it asks for somebody, and whether at once.
    private let isRisk: [Bool]
    private let isUrgent: [Bool]

    init(_ table: AccountTable, _ past: PastColumn, _ model: HealthModel, now: Instant, today: Day) {
        self.table = table
        self.past = past
        self.now = now
        self.today = today
        alarms = model.bands.map(\.isAlarming)
        isGood = model.bands.map { $0.tone == .good }
        isRisk = table.terms.signals.map(\.signal.isRisk)
        isUrgent = table.terms.signals.map { $0.signal.severity == .critical || $0.signal.severity == .high }
    }

    func account(_ slot: Int) -> OverviewAccount { OverviewAccount(row: table.rows[slot], standing: standing(slot)) }

    func need(_ slot: Int) -> Need {
        Need(account(slot), Urgency(table.figures[slot], unattendedSince: waiting(slot).since, today: today))
    }

    func standing(_ slot: Int) -> Standing {
        Standing(table.figures[slot], past[slot].bandThen, alarms: alarms, since: past.then)
    }

    /// nil: it does well enough without anybody.
    func urgency(_ slot: Int, _ standing: Standing) -> Urgency? {
        let waiting = waiting(slot)
        let urgency = Urgency(table.figures[slot], unattendedSince: waiting.since, today: today)
        let isWell = standing.band.map { isGood.indices.contains($0) && isGood[$0] } ?? false
        return standing.isAtRisk || waiting.isUrgent || (urgency.isNear && !isWell) ? urgency : nil
    }

    /// Of signals that ask for somebody and that nobody attends to: since when the first one is open, and whether one is
    /// urgent.
    private func waiting(_ slot: Int) -> (since: Instant?, isUrgent: Bool) {
        let all = table.signals.elements
        var (since, isUrgent): (Instant?, Bool) = (nil, false)
        for place in table.signals.ranges[slot] {
            let signal = all[place]
            guard signal.isOpen, isRisk[signal.definition], signal.isUnattended(at: now) else { continue }
            if let opened = signal.since { since = min(since ?? opened, opened) }
            isUrgent = isUrgent || self.isUrgent[signal.definition]
        }
        return (since, isUrgent)
    }
}
