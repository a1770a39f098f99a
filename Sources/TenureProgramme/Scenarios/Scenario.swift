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
    package var expectations: [Expectation]
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
        expectations = []
        requirements = []
        days = 60
    }
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
    case signal(day: Int, id: String, open: Bool)
    /// The signal was raised first on that day.
    case raised(day: Int, signal: String)
    case neverRaised(signal: String)
    /// The play started first on that day, with owner; optional outcome if it ended by the end of the scenario.
    case playStarted(day: Int, play: String, owner: String?)
    case playEnded(day: Int, play: String, outcome: String)
    case neverStarted(play: String)
    /// The step's state and due instant (RFC 3339) at the end of that day.
    case step(day: Int, play: String, step: String, state: String, due: Instant?, owner: String?, tasks: [String])
    /// A message of the template was queued on that day for the recipient (role, contact role or channel).
    case message(day: Int, template: String, to: String, contains: [String])
    case neverSent(template: String)
    /// No signal that is a risk and no play at all.
    case nothing
}
