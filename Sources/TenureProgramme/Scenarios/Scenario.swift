package import TenureCore

/// A test that travels with the programme: facts on days, and what the engine must conclude from them.
package struct Scenario: Sendable {
    package var id: String
    package var title: String
    /// Local date on which day 0 lies.
    package var start: Day
    /// The vendor's fields of the account under test; a healthy twin differs only by its facts.
    package var account: JSONObject
    package var contacts: [JSONObject]
    package var facts: [ScenarioFacts]
    /// Metrics that the facts state, instead of leading to them.
    package var given: [GivenMetric]
    package var expectations: [Expectation]
    /// Exact values that nobody worked out by hand; `tenure check --update` writes what is found.
    package var goldens: [Expectation]
    package var requirements: RequirementIDs
    /// Last day that the clock is driven to.
    package var days: Int

    package init(id: String, title: String, start: Day) {
        self.id = id
        self.title = title
        self.start = start
        account = JSONObject()
        contacts = []
        facts = []
        given = []
        expectations = []
        goldens = []
        requirements = []
        days = 60
    }
}

/// A metric whose value a scenario states: all its windows, and all metrics that read it, see that value.
package struct GivenMetric: Sendable {
    package var metric: String
    /// How the value is read from the fact that states it.
    package var value: Condition

    package init(metric: String, value: Condition) {
        self.metric = metric
        self.value = value
    }

    /// The type of the facts that state it.
    package var event: String { Self.event(metric) }

    /// No event can be called that: `:` is in no id.
    package static func event(_ metric: String) -> String { "given:" + metric }
}

/// Events on each day of a range.
package struct ScenarioFacts: Sendable {
    package var days: ClosedRange<Int>
    /// Every so many days of the range.
    package var every: Int
    /// Weekdays only.
    package var onWeekdays: Bool
    package var type: String
    /// A Segment call instead of the event: whatever the programme makes of it is the fact.
    package var call: SegmentMapping.Call?
    /// Members who each send the event; 0: an event without a member.
    package var members: Int
    /// Events of each member on each day.
    package var count: Int
    /// Local wall time in minutes since midnight.
    package var minuteOfDay: Int
    package var data: JSONObject

    package init(days: ClosedRange<Int>, type: String) {
        self.days = days
        every = 1
        onWeekdays = false
        self.type = type
        members = 0
        count = 1
        minuteOfDay = 600
        data = JSONObject()
    }
}

/// What must be true at the end of a day, or what must never happen up to the end.
package enum Expectation: Sendable {
    /// Displayed integer score, exactly or within a range, and the band.
    case score(day: Int, in: ClosedRange<Int>?, band: String?)
    /// A health component's points (rounded to 0.001), or that it is unknown.
    case component(day: Int, id: String, points: Double?)
    case metric(day: Int, reference: MetricReference, value: Double?, tolerance: Double)
    /// A KPI's value, or that it is unknown, and what is made of it; over all accounts it is taken over this one alone.
    case kpi(day: Int, id: String, value: Double?, tolerance: Double, KPIJudgement)
    /// What a value of a KPI comes to, beside an earlier one.
    case judged(id: String, value: Double, was: Double?, KPIJudgement)
    case signal(day: Int, id: String, open: Bool)
    /// The signal was raised first on that day.
    case raised(day: Int, signal: String)
    case neverRaised(signal: String)
    /// The signal was raised for the second time on that day.
    case raisedAgain(day: Int, signal: String)
    /// The local wall time, in minutes since midnight, at which the signal was first raised.
    case raisedAt(day: Int, signal: String, minute: Int)
    /// How soon somebody must respond to the signal.
    case responds(signal: String, within: Span)
    /// The play started first on that day, with owner; optional outcome if it ended by the end of the scenario.
    case playStarted(day: Int, play: String, owner: String?)
    case playEnded(day: Int, play: String, outcome: String)
    case neverStarted(play: String)
    case running(day: Int, play: String)
    /// The play started for the second time on that day.
    case startedAgain(day: Int, play: String)
    /// The step's state and due instant (RFC 3339) at the end of that day.
    case step(day: Int, play: String, step: String, state: String, due: Instant?, owner: String?, tasks: [String])
    case clock(ExpectedClock)
    /// A message of the template was queued on that day for the recipient (role, contact role or channel).
    case message(day: Int, template: String, to: String, contains: [String])
    case neverSent(template: String)
    /// The local wall time, in minutes since midnight, at which such a message was queued on that day.
    case messageAt(day: Int, template: String, to: String, minute: Int)
    /// What a component weighs in the whole score, in percent, among what is known on that day.
    case weight(day: Int, component: String, percent: Double)
    case segment(day: Int, id: String)
    /// Too little is known for a score.
    case noScore(day: Int)
    /// A health group's points (rounded to 0.001), or that they are unknown.
    case group(day: Int, id: String, points: Double?)
    /// The band that people see: the score's own, or the one that it has not yet left.
    case shownBand(day: Int, id: String)
    /// How often accounts of the band are looked at.
    case reviewed(band: String, everyDays: Int)
    /// No signal that is a risk and no play at all.
    case nothing
}

/// A clock of one entity at the end of a day.
package struct ExpectedClock: Sendable {
    package var day: Int
    package var name: SLAName
    /// The entity's key.
    package var key: String
    package var state: ClockStanding
    package var within: Span?
    package var due: Instant?
    /// The local wall time, in minutes since midnight, at which the target was missed.
    package var missedAt: Int?

    package init(day: Int, name: SLAName, key: String, state: ClockStanding) {
        self.day = day
        self.name = name
        self.key = key
        self.state = state
        (within, due, missedAt) = (nil, nil, nil)
    }
}
