import TenureProgramme

extension Diagnostic {
    static func dottedSLA(_ id: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .reservedID, "`\(id)` can not name an SLA or a clock", at: Label(place, "it has a dot"),
            why: "A dot stands between an SLA and its clock: `support.first_reply`.")
    }

    static func startIsNoInstant(_ field: EventField, at place: Place) -> Diagnostic {
        Diagnostic(
            .wrongFieldKind, "`\(field.id)` can not start a clock",
            at: Label(place, "its type is `\(field.kind.name)`"),
            why: "A clock starts at an instant, which a field of `type: instant` holds.")
    }

    static func eventChangesOther(_ event: String, than kind: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .eventChangesOther, "`\(event)` does not say which \(kind) it is about", at: Label(place, "ends no clock"),
            why: "An event ends the clock of the one that it changes.",
            hint: "write `entity: {kind: \(kind), key: …}` at the event")
    }

    static func unreachableTarget(at place: Place, behind first: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .unreachableTarget, severity: .warning, "this target is never taken", at: Label(place, "never reached"),
            why: "The first target whose condition holds is taken.", hint: "write the narrower one first")
        mistake.labels.append(Label(first, "whenever this one could be, this one is"))
        return mistake
    }
}
