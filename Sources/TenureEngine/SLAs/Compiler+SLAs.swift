import CEL
import TenureCore
import TenureProgramme

extension Compiler {
    /// The reader has checked all references; an SLA over a kind that is not there has no clocks.
    mutating func compile(_ sla: SLA) -> SLAPlan? {
        guard let kind = entityIndex[sla.entity] else { return nil }
        let clocks = sla.clocks.compactMap { compile($0, kind) }
        var fieldOfTrail: [Int: Int] = [:]
        for (field, place) in trails[sla.entity]?.fields ?? [:] { fieldOfTrail[place] = field }
        return SLAPlan(
            sla: sla, kind: entities[kind], calendar: programme.calendars.first { $0.id == sla.calendar }, clocks: clocks,
            fieldOfTrail: fieldOfTrail)
    }

    private mutating func compile(_ clock: SLAClock, _ kind: Int) -> ClockPlan? {
        guard let starts = watch(clock.starts, kind) else { return nil }
        let runsIn = clock.runsIn.flatMap { runs in watch(runs.field, kind).map { (field: $0, values: Set(runs.values)) } }
        let targets = clock.targets.map { target in target.when.map { bind(target: $0, entity: kind) } }
        for target in targets { watch(target, kind) }
        return ClockPlan(clock: clock, starts: starts, ending: ending(clock.ending, kind), runsIn: runsIn, targets: targets)
    }

    private mutating func ending(_ ending: SLAClock.Ending, _ kind: Int) -> ClockPlan.Ending {
        switch ending {
        case .when(let condition):
            let bound = bind(condition, entity: kind)
            watch(bound, kind)
            return .when(bound)
        case .event(let filter): return .mark(mark(filter, kind))
        }
    }

    private mutating func watch(_ condition: BoundCondition?, _ kind: Int) {
        for case .entityField(let field) in condition?.bindings ?? [] { watch(field, kind) }
    }

    /// The place of the field among those of the kind.
    private mutating func watch(_ field: String, _ kind: Int) -> Int? {
        guard let place = entities[kind].fields.firstIndex(where: { isSame($0.id, field) }) else { return nil }
        watch(place, kind)
        return place
    }

    private mutating func watch(_ field: Int, _ kind: Int) {
        let id = entities[kind].id
        guard trails[id]?.fields[field] == nil else { return }
        trails[id, default: TrailPlan()].fields[field] = trail("\(id).\(entities[kind].fields[field].id)")
    }

    private mutating func mark(_ filter: EventFilter, _ kind: Int) -> Int {
        let id = entities[kind].id
        let place = trail([id, filter.event, filter.when?.source ?? ""].joined(separator: "|"))
        if trails[id]?.marks.contains(where: { $0.place == place }) == true { return place }
        let when = filter.when.map { bind($0, event: filter.event) }
        trails[id, default: TrailPlan()].marks.append(TrailPlan.Mark(event: filter.event, place: place, when: when))
        return place
    }

    /// By a key that says what is kept: the same key in another version is the same trail.
    private mutating func trail(_ key: String) -> Int {
        if let place = layout.trails.firstIndex(of: key) { return place }
        layout.trails.append(key)
        return layout.trails.count - 1
    }
}
