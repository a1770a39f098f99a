import TenureProgramme

/// What tests expect of clocks.
extension Reading {
    func clock(_ node: Node, _ fields: Fields, _ day: Int) -> ExpectedClock? {
        let clocks = names.slaTexts.filter { SLAName($0).clock != nil }
        let name = reference(node, "clock", .unknownSLA, "clock", among: clocks, nil, of: "test")
        let key = fields.text("of")
        let state = fields.choice("state", ClockStanding.self)
        let (within, due) = (fields.span("within"), fields.node("due").flatMap { instant($0, "due") })
        let missedAt = fields.node("at").flatMap { timeOfDay($0, "at") }
        guard let name, let key, let state else { return nil }
        var clock = ExpectedClock(day: day, name: SLAName(name), key: key, state: state)
        (clock.within, clock.due, clock.missedAt) = (within, due, missedAt)
        return clock
    }
}
