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

    static func businessSpanWithoutCalendar(_ scalar: Scalar, of noun: String) -> Diagnostic {
        let hasCalendar = noun == "play" || noun == "SLA"
        return Diagnostic(
            .businessSpanWithoutCalendar, "no calendar says what `\(scalar.text)` is",
            at: Label(scalar.place, "business time"),
            why: hasCalendar
                ? "Business hours and days are counted by the \(noun)'s calendar."
                : "Only plays and SLAs have a calendar.",
            hint: hasCalendar ? "add `calendar:` to the \(noun)" : "write hours or days: `h`, `d`")
    }

    static func overdueWithoutDue(at place: Place) -> Diagnostic {
        Diagnostic(
            .overdueWithoutDue, "this step is never overdue", at: Label(place, "these are never sent"),
            why: "Reminders are sent so long after the step is due, and it has no `due`.",
            hint: "add `window: {due: …}` to the step")
    }

    static func wrongAudience(_ message: String, at place: Place, audience: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .wrongAudience, "the message `\(message)` is not for customers",
            at: Label(place, "a contact of the customer"),
            why:
                "A message for the team may say what customers should not read, and nobody can unsubscribe from it."
        )
        mistake.labels.append(Label(audience, "its audience"))
        return mistake
    }

    static func playNeverEnds(at place: Place) -> Diagnostic {
        Diagnostic(
            .playNeverEnds, severity: .warning, "this play never ends",
            at: Label(place, "every step comes back for ever"),
            why: "A play of nothing but endless steps ends by its exits alone, and this one has none.",
            hint: "add `exits:`, or a `count` to a step's `repeat`")
    }

    static func playEndsAtOnce(at place: Place) -> Diagnostic {
        Diagnostic(
            .playEndsAtOnce, severity: .warning, "this play ends as soon as it starts",
            at: Label(place, "no step is required"),
            why: "A play is completed once all required steps are.",
            hint: "leave out `required: false` at a step")
    }

    static func waitsForItself(_ path: [String], at place: Place, others: [Label]) -> Diagnostic {
        var mistake = Diagnostic(
            .unreachableStep, "this step never opens", at: Label(place, "it waits for its own completion"),
            why: (path + path.prefix(1)).map { "`\($0)`" }.joined(separator: " → ")
                + ": a step waits for those in `after`, and for the step that its window opens from.",
            hint: "measure the window from something that happens before")
        mistake.labels += others
        return mistake
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
