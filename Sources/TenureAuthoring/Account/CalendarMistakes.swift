extension Diagnostic {
    static func neverOpen(at place: Place) -> Diagnostic {
        Diagnostic(
            .neverOpen, "this calendar is never open", at: Label(place, "no day has hours"),
            why: "Business hours and days would never pass.",
            hint: "write the days that are worked on, such as `mon: \"09:00-17:00\"`")
    }
}
