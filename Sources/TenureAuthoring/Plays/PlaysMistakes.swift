extension Diagnostic {
    static func malformedAnchor(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedAnchor, "`\(scalar.text)` is nothing to measure from", at: Label(scalar.place, "here"),
            why: "A window is measured from `start`, `ready`, `step:<id>` or `account:<date>`.")
    }

    static func anchoredToItself(at place: Place) -> Diagnostic {
        Diagnostic(
            .unreachableStep, "this step's window is measured from its own completion",
            at: Label(place, "its own id"),
            hint: "write `ready` to measure from the moment it can start")
    }

    static func dueBeforeOpen(at place: Place, opens: Place?) -> Diagnostic {
        var mistake = Diagnostic(
            .dueBeforeOpen, "this step is due before it opens", at: Label(place, "due here"))
        if let opens { mistake.labels.append(Label(opens, "opens here")) }
        return mistake
    }

    static func businessSpanWithoutCalendar(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .businessSpanWithoutCalendar, "no calendar says what `\(scalar.text)` is",
            at: Label(scalar.place, "business time"),
            why: "Business hours and days are counted by the play's calendar.",
            hint: "add `calendar:` to the play")
    }

    static func wrongRecipient(at place: Place, isMail: Bool) -> Diagnostic {
        Diagnostic(
            .wrongChannel, isMail ? "a mail can not go to a channel" : "a chat message goes to a channel",
            at: Label(place, "this recipient"),
            why: "Mails go to roles and contacts, chat messages to channels.")
    }

    static func stepCycle(_ path: [String], at place: Place, others: [Label]) -> Diagnostic {
        var mistake = Diagnostic(
            .stepCycle, "these steps wait for each other", at: Label(place, "this one waits for itself"),
            why: (path + path.prefix(1)).map { "`\($0)`" }.joined(separator: " → "))
        mistake.labels += others
        return mistake
    }
}
