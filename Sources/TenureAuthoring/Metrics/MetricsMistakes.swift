extension Diagnostic {
    static func measureCount(at place: Place, found: [String]) -> Diagnostic {
        Diagnostic(
            .measureCount, "this metric needs exactly one measure",
            at: Label(place, found.isEmpty ? "it has none" : "it has \(listed(found, "and"))"),
            why: "The measures are \(listed(MeasureKey.allCases.map(\.rawValue), "and")).")
    }

    static func metricNamedAsWindow(_ id: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .reservedID, "`\(id)` can not be a metric's id",
            at: Label(place, "its last part reads as a window"),
            why: "A metric is referred to with its window as the last part, so its own id may not end in one."
        )
    }

    static func windowsNotOffered(_ measure: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .windowNotOffered, "a metric with `\(measure)` has no windows", at: Label(place, "remove these"),
            why: "Windows belong to measures that look back over days.")
    }

    static func lifetimeNotOffered(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .windowNotOffered, "only `sum` and `distinct` are kept for the whole life of an account",
            at: Label(scalar.place, "not offered here"))
    }

    static func windowOutOfRange(_ scalar: Scalar, most: Int) -> Diagnostic {
        Diagnostic(
            .windowOutOfRange, "`\(scalar.text)` is no window", at: Label(scalar.place, "here"),
            why: "A window is `1d` to `\(most)d` here, or `lifetime` for `sum` and `distinct`.")
    }

    static func changeNeedsWindow(_ metric: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .windowOutOfRange, "`\(metric)` can not be compared with the window before",
            at: Label(place, "a window of `1d` to `45d` is needed"),
            why: "Ninety-one days are kept, and both windows must lie in them.")
    }

    static func metricCycle(_ path: [String], at place: Place, others: [Label]) -> Diagnostic {
        var mistake = Diagnostic(
            .metricCycle, "these metrics are computed from each other",
            at: Label(place, "this one reads itself"),
            why: (path + path.prefix(1)).map { "`\($0)`" }.joined(separator: " → "))
        mistake.labels += others
        return mistake
    }
}
