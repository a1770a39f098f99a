extension Diagnostic {
    static func malformedFieldID(_ key: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedID, "`\(key.text.prefix(60))` can not be a field",
            at: Label(key.place, "not a field's id"),
            why: "A field's id begins with a letter or `_` and goes on with letters, digits and `_`.")
    }

    static func choicesWithoutChoice(at place: Place) -> Diagnostic {
        Diagnostic(
            .wrongKind, "only a field of `type: choice` has `choices`",
            at: Label(place, "these mean nothing"),
            hint: "write `type: choice`, or remove the choices")
    }
}
