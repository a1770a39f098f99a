extension Diagnostic {
    static func decidedPart(
        _ verdict: ConditionProbe.Verdict, _ reference: String, _ words: String?, at place: Place
    ) -> Diagnostic {
        let why = words.map { "About `\(reference)`: \($0.prefix(1).lowercased() + $0.dropFirst())" } ?? ""
        switch verdict {
        case .always:
            return Diagnostic(
                .alwaysTrue, severity: .warning, "this comparison always holds",
                at: Label(place, "true whenever it is known"),
                why: why)
        case .never:
            return Diagnostic(
                .neverTrue, severity: .warning, "this comparison can never hold",
                at: Label(place, "never true"), why: why)
        }
    }

    static func decided(
        _ verdict: ConditionProbe.Verdict, _ noun: String, _ source: String, at place: Place
    ) -> Diagnostic {
        switch verdict {
        case .always:
            Diagnostic(
                .alwaysTrue, severity: .warning, "the condition of this \(noun) always holds",
                at: Label(place, "true whatever the values are"),
                hint: source.contains("||") ? "is an `||` meant to be an `&&`?" : nil)
        case .never:
            Diagnostic(
                .neverTrue, severity: .warning, "the condition of this \(noun) can never hold",
                at: Label(place, "no values make it true"),
                hint: source.contains("&&") ? "is an `&&` meant to be an `||`?" : nil)
        }
    }

    static func clearWhileHolding(at place: Place, when: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .clearWhileHolding, severity: .warning, "this signal is over whenever it holds",
            at: Label(place, "holds as well"), why: "A signal that is raised stays open until `clear` holds.",
            hint: "turn the comparison round")
        mistake.labels.append(Label(when, "whenever this holds"))
        return mistake
    }

    static func unreachableSegment(
        _ id: String, at place: Place, behind other: String, _ first: Place
    ) -> Diagnostic {
        var mistake = Diagnostic(
            .unreachableSegment, severity: .warning, "no account is in the segment `\(id)`",
            at: Label(place, "never reached"), why: "An account is in the first segment that holds.",
            hint: "write `\(other)` last")
        mistake.labels.append(Label(first, "this one always holds"))
        return mistake
    }

    static func emptyTag(_ tag: String, _ reason: String, at place: Place, message: Place?) -> Diagnostic {
        var mistake = Diagnostic(
            .emptyTag, severity: .warning, "`{{\(tag)}}` will be empty", at: Label(place, reason))
        if let message { mistake.labels.append(Label(message, "this message mentions it")) }
        return mistake
    }

    static func capWithoutEffect(at place: Place) -> Diagnostic {
        Diagnostic(
            .capWithoutEffect, severity: .warning, "this cap limits nothing",
            at: Label(place, "no score is above 100"),
            hint: "write the most that the score may be")
    }

    static func curveTurns(at place: Place) -> Diagnostic {
        Diagnostic(
            .curveTurns, severity: .warning, "the points of this curve rise and fall",
            at: Label(place, "of this component"),
            why: "More of a metric is then better up to a point and worse beyond it.")
    }

    static func curveAgainstMetric(
        _ better: String, _ metric: String, at place: Place, metric definition: Place?
    ) -> Diagnostic {
        var mistake = Diagnostic(
            .curveAgainstMetric, severity: .warning,
            "this curve calls the worse values of `\(metric)` better",
            at: Label(place, better == "up" ? "its points fall" : "its points rise"))
        if let definition { mistake.labels.append(Label(definition, "the metric says `better: \(better)`")) }
        return mistake
    }

    static func bandOutOfReach(from lowest: String, to highest: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .bandOutOfReach, severity: .warning, "nothing that is measured leads into this band",
            at: Label(place, "out of reach"),
            why: "The curves and caps give scores from \(lowest) to \(highest).")
    }

    static func hysteresisTooWide(
        _ band: String, from: Int, to: Int, at place: Place, band at: Place
    ) -> Diagnostic {
        var mistake = Diagnostic(
            .hysteresisTooWide, severity: .warning, "nobody rises into the band `\(band)` from the one below",
            at: Label(place, "as many points beyond its edge are needed"),
            why: "The band goes from \(from) to \(to).",
            hint: "keep the hysteresis below \(to - from + 1)")
        mistake.labels.append(Label(at, "this band"))
        return mistake
    }
}
