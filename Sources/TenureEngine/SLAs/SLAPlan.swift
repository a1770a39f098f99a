import TenureCore
package import TenureProgramme

/// One SLA ready to run.
package final class SLAPlan: Sendable {
    package let sla: SLA
    package let kind: EntityKind
    let calendar: BusinessCalendar?
    package let clocks: [ClockPlan]
    /// The field of the entity that each place of a trail stands for; nil: a mark.
    let fieldOfTrail: [Int: Int]

    init(sla: SLA, kind: EntityKind, calendar: BusinessCalendar?, clocks: [ClockPlan], fieldOfTrail: [Int: Int]) {
        self.sla = sla
        self.kind = kind
        self.calendar = calendar
        self.clocks = clocks
        self.fieldOfTrail = fieldOfTrail
    }

    package func clock(_ id: String) -> ClockPlan? { clocks.first { isSame($0.clock.id, id) } }
}

/// One clock of an SLA, its fields as places among those of the kind.
package final class ClockPlan: Sendable {
    enum Ending: Sendable {
        case when(BoundCondition)
        /// Events leave a mark at this place of the trail.
        case mark(Int)
    }

    package let clock: SLAClock
    let starts: Int
    let ending: Ending
    let runsIn: (field: Int, values: Set<String>)?
    /// In the order of the clock's targets.
    package let targets: [BoundCondition?]

    init(clock: SLAClock, starts: Int, ending: Ending, runsIn: (field: Int, values: Set<String>)?, targets: [BoundCondition?]) {
        self.clock = clock
        self.starts = starts
        self.ending = ending
        self.runsIn = runsIn
        self.targets = targets
    }
}

/// What clocks need of the entities of one kind: where in a trail a field's changes go, and which events leave marks.
struct TrailPlan: Sendable {
    /// By the place of the field among those of the kind.
    var fields: [Int: Int] = [:]
    var marks: [Mark] = []

    struct Mark: Sendable {
        let event: String
        let place: Int
        let when: BoundCondition?
    }
}
