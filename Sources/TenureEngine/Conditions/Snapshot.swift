package import CEL
package import TenureCore
import TenureProgramme

/// Everything that conditions over an account may read, at one instant.
package struct Snapshot: Sendable {
    package let context: TurnContext
    package let account: AccountID
    package let created: Instant?
    private var heldObservations: Held<Observations>
    package let now: Instant
    package let zone: ZoneRules
    package let today: Day
    private var heldConclusions: Held<Conclusions>
    /// By the compiled programme's metrics.
    package internal(set) var readings: [MetricReading] = []
    /// Nil while metrics and caps are read, which cannot ask for what follows from them.
    var heldHealth: Held<HealthReading>?

    package init(programme: CompiledProgramme, workspace: WorkspaceState, state: AccountState, now: Instant) {
        var observations = state.observations
        let zone = programme.zone(of: observations)
        observations.advance(to: zone.day(at: now), programme: programme)
        self.init(
            empty: state, observations, zone: zone, now: now,
            TurnContext(programme: programme, workspace: workspace))
        measure()
        heldHealth = Held(read(caps: programme.caps.map { holds($0) }))
    }

    /// Before anything is measured.
    init(
        empty state: AccountState, _ observations: Observations, zone: ZoneRules, now: Instant,
        _ context: TurnContext
    ) {
        self.context = context
        account = state.id
        created = state.created
        heldObservations = Held(observations)
        heldConclusions = Held(state.conclusions)
        self.zone = zone
        today = zone.day(at: now)
        self.now = now
    }

    /// Lets go of what a turn is about to change: what only the turn holds is changed in place. Until the next snapshot
    /// there is nothing here for conditions to read.
    mutating func release() {
        heldObservations = Observations.heldNone
        releaseConclusions()
    }

    /// The readings, of which none stay behind.
    mutating func takenReadings() -> [MetricReading] {
        defer { readings = [] }
        return readings
    }

    /// Until they are set again.
    mutating func releaseConclusions() { heldConclusions = Conclusions.heldNone }

    package var programme: CompiledProgramme { context.programme }
    package var workspace: WorkspaceState { context.workspace }
    package var observations: Observations { heldObservations.value }

    package internal(set) var conclusions: Conclusions {
        get { heldConclusions.value }
        set { heldConclusions = Held(newValue) }
    }

    package var health: HealthReading? { heldHealth?.value }

    package func evaluate(_ condition: BoundCondition, play: PlayInstance? = nil) -> Value {
        condition.condition.program.evaluate(AccountSlots(condition: condition, snapshot: self, play: play))
    }

    /// The condition taken apart at its connectives, with values: what failed, and on what.
    package func trace(_ condition: BoundCondition, play: PlayInstance? = nil) -> [TracedPart] {
        condition.condition.program.trace(AccountSlots(condition: condition, snapshot: self, play: play))
    }

    func holds(_ condition: BoundCondition?, play: PlayInstance? = nil) -> Truth {
        guard let condition else { return .yes }
        return evaluate(condition, play: play).asBool.map { $0 ? .yes : .no } ?? .unknown
    }
}

/// Unknown is neither: it never raises, clears, starts or completes anything.
enum Truth: Sendable { case yes, no, unknown }

extension CompiledProgramme {
    /// The account's own zone, or the programme's.
    package func zone(of observations: Observations) -> ZoneRules {
        observations.profile["time_zone"]?.string.flatMap { zones[$0] } ?? defaultZone
    }

    /// What spans of a play are measured by.
    package func frame(calendar id: String?, zone: ZoneRules) -> TimeFrame {
        frame(id.flatMap { id in programme.calendars.first { $0.id == id } }, zone: zone)
    }

    func frame(_ calendar: BusinessCalendar?, zone: ZoneRules) -> TimeFrame {
        TimeFrame(zone: zone, calendar: calendar, calendarZone: calendar?.zone.flatMap { zones[$0] } ?? zone)
    }
}
