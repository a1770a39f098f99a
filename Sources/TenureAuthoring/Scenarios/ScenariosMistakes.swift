extension Diagnostic {
    static func unknownExpectation(at place: Place, shapes: [String], hint: String?) -> Diagnostic {
        Diagnostic(
            .unknownExpectation, "this expectation expects nothing", at: Label(place, "what must happen?"),
            why: "An expectation has one of \(listed(shapes)).", hint: hint)
    }

    static func dayOutside(at place: Place, last: Int) -> Diagnostic {
        Diagnostic(
            .dayOutside, "this day is outside of the test", at: Label(place, "the last day is \(last)"),
            why: "Days are counted from 0, the day of `start`, up to `days`.")
    }

    static func missingData(_ field: String, of event: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .wrongData, "`\(event)` needs `\(field)`", at: Label(place, "its `data` has no `\(field)`"))
    }

    static func wrongData(_ rule: String, at place: Place) -> Diagnostic {
        Diagnostic(.wrongData, rule, at: Label(place, "this is not"))
    }
}
