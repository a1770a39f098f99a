import TenureCore
import TenureFixtures
import TenureProgramme

/// A flag raises a signal, the signal starts a play: a call by the CSM, then a review that the lead signs
/// off.
func rescue() throws -> Programme {
    var programme = Programme(id: "rescue", title: "Rescue")
    programme.calendars = [
        BusinessCalendar(
            id: "desk", zone: "America/New_York",
            week: Array(repeating: [.init(opens: 480, closes: 1200)], count: 5) + [[], []], holidays: [])
    ]
    programme.roles = ["csm", "lead"].map { Role(id: $0, title: $0, isTeamWide: false) }
    programme.signals = [
        Signal(id: "freeze", title: "Budget freeze", severity: .high, when: try condition(#"flag("freeze")"#))
    ]
    programme.plays = [try rescuePlay()]
    return programme
}

private func rescuePlay() throws -> Play {
    var play = Play(id: "rescue", title: "Rescue", owner: "csm")
    play.startsOn = ["freeze"]
    play.calendar = "desk"
    play.exits = [PlayExit(when: try condition(#"!flag("freeze")"#), outcome: "recovered")]
    var call = Step(id: "call", title: "Call the sponsor")
    call.tasks = ["Prepare", "Call"]
    call.actions = [.mail(template: "hello", to: [.role("csm")])]
    call.window = StepWindow(anchor: .start, opensAfter: nil, dueAfter: Span(4, .businessHours))
    call.overdue = [
        Escalation(after: Span(2, .hours), template: "late", to: .role("lead")),
        Escalation(after: Span(1, .days), template: "later", to: .channel("cs")),
    ]
    var review = Step(id: "review", title: "Review")
    review.after = ["call"]
    review.signOff = "lead"
    review.window = StepWindow(anchor: .ready, opensAfter: nil, dueAfter: Span(2, .days))
    play.steps = [call, review]
    return play
}

/// The account of that programme whose flag was raised on Monday, 1 June 2026 at 08:00 UTC: 04:00 in New
/// York.
func rescueLedger(_ change: (inout Programme) throws -> Void = { _ in }) throws -> Ledger {
    var programme = try rescue()
    try change(&programme)
    var ledger = Ledger(programme)
    ledger.set("2026-06-01T07:00:00Z", ["name": "Acme", "term_end": "2026-07-01"])
    ledger.take("2026-06-01T08:00:00Z", FactType.flagRaised, ["flag": "freeze"])
    return ledger
}
