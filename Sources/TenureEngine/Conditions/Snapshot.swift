package import CEL
package import TenureCore
import TenureProgramme

/// Everything that conditions over an account may read, at one instant.
package struct Snapshot: Sendable {
    private var moment: Moment
    var sharedConclusions: Shared<Conclusions>
    /// By the compiled programme's metrics.
    package internal(set) var readings: [MetricReading] = []
    /// Nil while metrics and caps are read, which cannot ask for what follows from them.
    var sharedHealth: Shared<HealthReading>?

    package init(programme: CompiledProgramme, workspace: WorkspaceState, state: AccountState, now: Instant) {
        var observations = state.observations
        let zone = programme.zone(of: observations)
        observations.advance(to: zone.day(at: now), programme: programme)
        let context = TurnContext(programme: programme, workspace: workspace)
        let dates = programme.dates(of: observations, zone: zone)
        self.init(
            Moment(state, Shared(observations), dates, zone: zone, now: now, context),
            conclusions: state.sharedConclusions,
            readings: [])
        measure()
        sharedHealth = Shared(read(caps: programme.caps.map { holds($0) }))
    }

    /// Before anything is measured.
    init(_ moment: Moment, conclusions: Shared<Conclusions>, readings: [MetricReading]) {
        self.moment = moment
        sharedConclusions = conclusions
        self.readings = readings
    }

    /// Another instant of the account; readings stay until they are measured anew.
    mutating func pass(to moment: Moment, _ conclusions: Shared<Conclusions>) {
        self.moment = moment
        sharedConclusions = conclusions
        sharedHealth = nil
    }

    /// The account with another day as today, without what was concluded of it.
    func counting(from instant: Instant) -> Snapshot {
        var other = self
        other.moment = Moment(moment, now: instant)
        other.releaseConclusions()
        return other
    }

    /// Lets go of what a turn is about to change: what only the turn holds is changed in place. Until the next moment
    /// there is nothing here for conditions to read.
    ///
    /// - Parameter blank: a moment without observations.
    mutating func release(to blank: Moment) {
        moment = blank
        releaseConclusions()
    }

    /// Until they are set again.
    mutating func releaseConclusions() { sharedConclusions = Conclusions.sharedNone }

    package var context: TurnContext { moment.context }
    package var account: AccountID { moment.account }
    package var created: Instant? { moment.created }
    package var now: Instant { moment.now }
    package var zone: ZoneRules { moment.zone }
    package var today: Day { moment.today }
    package var programme: CompiledProgramme { context.programme }
    package var workspace: WorkspaceState { context.workspace }
    package var observations: Observations { moment.observed.value }

    /// A date field of the account, as a day.
    package func day(of field: String) -> Day? {
        for date in moment.dates where isSame(date.name, field) { return date.day }
        return nil
    }

    package var conclusions: Conclusions { sharedConclusions.value }

    package var health: HealthReading? { sharedHealth?.value }

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

/// What stays the same while conclusions are drawn at one instant; snapshots are copied for each condition and share it.
final class Moment: Sendable {
    let context: TurnContext
    let account: AccountID
    let created: Instant?
    let observed: Shared<Observations>
    /// The account's date fields.
    let dates: [DateField]
    let now: Instant
    let zone: ZoneRules
    let today: Day

    init(
        _ state: AccountState, _ observed: Shared<Observations>, _ dates: [DateField], zone: ZoneRules, now: Instant,
        _ context: TurnContext
    ) {
        self.dates = dates
        self.context = context
        account = state.id
        created = state.created
        self.observed = observed
        self.zone = zone
        today = zone.day(at: now)
        self.now = now
    }

    /// The same at another instant.
    init(_ other: Moment, now: Instant) {
        (context, account, created, observed) = (other.context, other.account, other.created, other.observed)
        (dates, zone, today) = (other.dates, other.zone, other.zone.day(at: now))
        self.now = now
    }
}

/// A date of the account as a day; read once, since nearly every condition asks for one.
struct DateField: Sendable {
    let name: String
    let day: Day
}

/// Unknown is neither: it never raises, clears, starts or completes anything.
enum Truth: Sendable { case yes, no, unknown }

extension CompiledProgramme {
    /// The declared date fields that have a value; instants are taken in the account's zone.
    func dates(of observations: Observations, zone: ZoneRules) -> [DateField] {
        dateFields.compactMap { name in
            guard let text = observations.profile[name]?.string else { return nil }
            let day = Day(text: text) ?? (try? Instant.parse(rfc3339: text).get()).map { zone.day(at: $0) }
            return day.map { DateField(name: name, day: $0) }
        }
    }

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
