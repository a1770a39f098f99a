import TenureProgramme

extension Reading {
    func signal(_ definition: Definition) -> Signal? {
        let fields = Fields(definition.map, .signal, self)
        let vocabulary = Vocabularies(names: names).account(.everything)
        let title = fields.text("title")
        let severity = fields.choice("severity", Signal.Severity.self)
        let when = fields.condition("when", vocabulary)
        let clear = fields.condition("clear", vocabulary)
        if let when = checked(fields.node("when")), let clear = checked(fields.node("clear")) {
            clearings.append((when, clear))
        }
        for key in ["for", "cooldown"] { checkCalendar(fields.node(key), "signal") }
        let (dwell, cooldown) = (fields.span("for"), fields.span("cooldown"))
        let respond = fields.span("respond_within")
        let (description, impact) = (fields.text("description") ?? "", fields.text("impact") ?? "")
        let (mitigation, actions) = (fields.text("mitigation") ?? "", fields.texts("actions"))
        let requirements = fields.requirements(.signal, definition.id)
        guard let title, let severity, let when else { return nil }
        var signal = Signal(id: definition.id, title: title, severity: severity, when: when)
        (signal.clear, signal.dwell, signal.cooldown, signal.respondWithin) = (
            clear, dwell, cooldown, respond
        )
        (signal.description, signal.impact, signal.mitigation) = (description, impact, mitigation)
        (signal.actions, signal.requirements) = (actions, requirements)
        return signal
    }
}
