extension Diagnostic {
    static func bandsNotDescending(_ scalar: Scalar, after higher: Scalar) -> Diagnostic {
        var mistake = Diagnostic(
            .bandsNotDescending, "this band does not begin below the one before it",
            at: Label(scalar.place, "it begins at \(scalar.text)"), why: "Bands are written best first.")
        mistake.labels.append(Label(higher.place, "the one before begins at \(higher.text)"))
        return mistake
    }

    static func bandsNotToZero(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .bandsNotToZero, "scores below \(scalar.text) have no band",
            at: Label(scalar.place, "the last one ends here"),
            why: "The last band begins at 0, so that every score has a band.")
    }

    static func curveNotAscending(at place: Place, before: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .curveNotAscending, "the points of this curve do not ascend",
            at: Label(place, "not above the value before"),
            why: "Points are written `[value, points]` with ascending values.")
        mistake.labels.append(Label(before, "the one before"))
        return mistake
    }

    static func curveNeedsTwoPoints(at place: Place) -> Diagnostic {
        Diagnostic(.curveNotAscending, "a line needs two points", at: Label(place, "fewer are here"))
    }

    static func lastStepHasEdge(at place: Place) -> Diagnostic {
        Diagnostic(
            .lastStepHasEdge, "values beyond this step have no points",
            at: Label(place, "it is the last and has an edge"),
            why: "The first step that holds is taken; the last one takes whatever is left.",
            hint: "remove its edge, or add a step without one")
    }

    static func curveStepOutOfReach(_ id: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .curveStepOutOfReach, "no value gets to the step `\(id)`", at: Label(place, "never taken"),
            why: "The first step that holds is taken, and the steps before this one take every value.",
            hint: "write the narrower step first")
    }

    static func stepNotLast(at place: Place) -> Diagnostic {
        Diagnostic(
            .stepNotLast, "no value gets past this step",
            at: Label(place, "it has no edge and is not the last"),
            why:
                "The first step that holds is taken; only the last may do without `above`, `at_least`, `below` and "
                + "`at_most`.")
    }
}
