import CEL
package import TenureCore
import TenureProgramme

extension Snapshot {
    /// What a metric came to on single days of its window, oldest first, days of nothing left out; empty for what is not
    /// made of days.
    package func dailyValues(of plan: MetricPlan, over days: ClosedRange<Day>) -> [(day: Day, value: Double)] {
        (days.lowerBound.number...days.upperBound.number).lazy.map { Day(number: $0) }.compactMap { day in
            daily(plan, day...day).flatMap { $0 == 0 ? nil : (day: day, value: $0) }
        }
    }

    /// Of means over members: who was active on the day.
    private func daily(_ plan: MetricPlan, _ day: ClosedRange<Day>) -> Double? {
        switch plan.source {
        case .stickiness, .activeDays: Double(observations.members.activeMembers(day))
        case .activeWeeks: Double(max(observations.members.activeMembers(day), isUsed(day.lowerBound) ? 1 : 0))
        case .monthRing(let index): Double(observations.rings[index].sum(over: day)) / 1_000_000
        case .distinct(let index, _, false):
            Double(observations.distincts[index].count(observations.members.bits(day), membersMin: 1))
        case _: value(plan, over: day)
        }
    }

    private func isUsed(_ day: Day) -> Bool {
        let back = Int(today - day)
        return back >= 0 && observations.useDays.holdsAny(back, back)
    }

    /// The entities that a metric counts, each with what it adds; nil for what is not made of them.
    package func countedEntities(of plan: MetricPlan) -> [(entity: Entity, value: Double)]? {
        guard case .entities(let kind, _, let value, let when) = plan.source else { return nil }
        let frame = EntityFrame(kind: programme.entities[kind], today: today, zone: zone)
        return observations.entities.rows(of: frame.kind.id).compactMap { entity in
            func run(_ condition: BoundCondition) -> Value {
                condition.condition.program.evaluate(EntitySlots(condition: condition, entity: entity, frame: frame))
            }
            if let when, run(when).asBool != true { return nil }
            guard let value else { return (entity: entity, value: 1) }
            return run(value).asDouble.flatMap { $0.isFinite ? (entity: entity, value: $0) : nil }
        }
    }
}
