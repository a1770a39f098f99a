import TenureCore
import TenureProgramme

extension Snapshot {
    /// An open clock that is behind its target counts as missed: to leave it out would flatter.
    func attainment(_ sla: String, _ clock: String?, _ days: Int) -> MetricReading {
        let judged = judgedClocks(sla, clock, inDays: days)
        guard !judged.isEmpty else { return .unknown(.noData) }
        let met = judged.count { $0.isMet == true }
        return .known(100 * Double(met) / Double(judged.count), sample: Int64(judged.count))
    }

    /// Those that ended in the last days and today, and those that run behind their target.
    package func judgedClocks(_ sla: String, _ clock: String?, inDays days: Int) -> [ClockState] {
        let start = zone.instant(day: window(days).lowerBound)
        let ended = conclusions.clocks.ended.filter { row in
            row.id.isOf(sla, clock) && row.target != nil && row.ended.map { $0 >= start } ?? false
        }
        return conclusions.clocks.running(of: sla, clock).filter(\.isBreached) + ended
    }

    /// What a clock is read off the facts as of now; nil: its entity is remembered no more.
    package func reading(of clock: ClockState) -> ClockReading? {
        guard let sla = programme.slaPlan(clock.id.sla), let plan = sla.clock(clock.id.clock) else { return nil }
        let entities = observations.entities
        let (place, isFound) = entities.place(sla.kind.id, clock.id.key)
        return isFound ? ClockReader(sla, self).reading(plan, of: entities.rows[place]) : nil
    }
}
