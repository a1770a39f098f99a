import CEL
import TenureCore
import TenureProgramme

/// Reads clocks off what became of an entity.
struct ClockReader {
    let plan: SLAPlan
    let frame: TimeFrame
    /// The account, for the conditions of targets; holds no conclusions.
    private let snapshot: Snapshot

    init(_ plan: SLAPlan, _ snapshot: Snapshot) {
        self.plan = plan
        self.snapshot = snapshot.counting(from: snapshot.now)
        frame = snapshot.programme.frame(plan.calendar, zone: snapshot.zone)
    }

    /// nil: the entity does not say when the clock starts.
    func reading(_ clock: ClockPlan, of entity: Entity) -> ClockReading? {
        guard entity.fields.indices.contains(clock.starts), let text = entity.fields[clock.starts]?.value.string,
            case .success(let started) = Instant.parse(rfc3339: text)
        else { return nil }
        let stretches = stretches(clock, entity, from: started)
        return ClockReading(stretches, from: started, reopens: clock.clock.reopens, frame, now: snapshot.now)
    }

    /// What came before the start is how things stood then.
    private func stretches(_ clock: ClockPlan, _ entity: Entity, from started: Instant) -> [ClockStretch] {
        var past = EntityPast(entity, plan, clock, from: started)
        let asked = TargetFrame(plan, snapshot.counting(from: started), from: started)
        past.take { $0.occurred <= started }
        var stretches = [stretch(past, since: started, asked)]
        while let version = past.next {
            past.take { $0 <= version }
            let next = stretch(past, since: version.occurred, asked)
            if stretches.last?.isAlike(next) != true { stretches.append(next) }
        }
        return stretches
    }

    private func stretch(_ past: EntityPast, since: Instant, _ asked: TargetFrame) -> ClockStretch {
        ClockStretch(since: since, runs: past.runs, isOver: past.isOver(asked.entities), target: asked.target(of: past))
    }
}

/// An entity as it stood at one instant after another.
private struct EntityPast {
    private(set) var entity: Entity
    let clock: ClockPlan
    private let started: Instant
    private let changes: [Trail.Change]
    private let fields: [Int: Int]
    private var place = 0
    private var isMarked = false

    init(_ entity: Entity, _ plan: SLAPlan, _ clock: ClockPlan, from started: Instant) {
        self.started = started
        changes = entity.trail.changes
        fields = plan.fieldOfTrail
        self.clock = clock
        self.entity = entity
        self.entity.fields = Array(repeating: nil, count: plan.kind.fields.count)
    }

    var next: Version? { place < changes.count ? changes[place].version : nil }

    mutating func take(while isEarlier: (Version) -> Bool) {
        while place < changes.count, isEarlier(changes[place].version) {
            take(changes[place])
            place += 1
        }
    }

    private mutating func take(_ change: Trail.Change) {
        if let field = fields[change.place], entity.fields.indices.contains(field) {
            entity.fields[field] = Latest(change.value, change.version)
        } else if case .mark(change.place) = clock.ending, change.version.occurred >= started {
            isMarked = true
        }
    }

    /// Where the field was never set, nothing says that it waits.
    var runs: Bool {
        guard let (field, values) = clock.runsIn, let value = entity.fields[field]?.value.string else { return true }
        return values.contains(value)
    }

    func isOver(_ frame: EntityFrame) -> Bool {
        switch clock.ending {
        case .mark: isMarked
        case .when(let condition): EntitySlots(condition: condition, entity: entity, frame: frame).holds
        }
    }
}

extension EntitySlots {
    fileprivate var holds: Bool { condition.condition.program.evaluate(self).asBool == true }
}

/// What targets are asked of: the account as of the day on which the clock started, so that what is promised for the
/// first 30 days is promised to the end for a ticket of day 30.
private struct TargetFrame {
    let snapshot: Snapshot
    let entities: EntityFrame

    init(_ plan: SLAPlan, _ snapshot: Snapshot, from started: Instant) {
        self.snapshot = snapshot
        entities = EntityFrame(kind: plan.kind, today: snapshot.zone.day(at: started), zone: snapshot.zone)
    }

    /// The first that holds.
    func target(of past: EntityPast) -> ClockTarget? {
        for (rule, target) in past.clock.clock.targets.enumerated() where holds(past.clock.targets[rule], past.entity) {
            return ClockTarget(rule: rule, within: target.within)
        }
        return nil
    }

    private func holds(_ condition: BoundCondition?, _ entity: Entity) -> Bool {
        guard let condition else { return true }
        let slots = TargetSlots(
            entity: EntitySlots(condition: condition, entity: entity, frame: entities),
            account: AccountSlots(condition: condition, snapshot: snapshot, play: nil))
        return condition.condition.program.evaluate(slots).asBool == true
    }
}

/// The values of a target's condition: of an entity as it stood, and of its account.
private struct TargetSlots: SlotSource {
    let entity: EntitySlots
    let account: AccountSlots

    func value(at slot: Int) -> Value {
        switch account.condition.bindings[slot] {
        case .entityField: entity.value(at: slot)
        case _: account.value(at: slot)
        }
    }
}
