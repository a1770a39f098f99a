import TenureProgramme

/// Where a number can lie. Nil: nobody knows an end.
struct NumberRange: Sendable {
    var lowest: Double?
    var highest: Double?

    static let anything = NumberRange()
    static let fromZero = NumberRange(lowest: 0)
    static let points = NumberRange(lowest: 0, highest: 100)
}

extension Reading {
    /// What the measure alone says of its values.
    func measuredRange(_ key: MeasureKey, _ fields: Fields) -> NumberRange {
        switch key {
        case .activeMembers, .featureUses, .distinct: .fromZero
        case .stickiness: NumberRange(lowest: 0, highest: 1)
        case .activeDays: NumberRange(lowest: 0, highest: 90)
        case .activeWeeks: NumberRange(lowest: 0, highest: 52)
        case .featureBreadth, .grade, .attainment: .points
        case .change: NumberRange(lowest: -100)
        case .sum, .monthSum: fields.node(key.rawValue)?.map?["value"] == nil ? .fromZero : .anything
        case .entities:
            fields.node("entities")?.map?["aggregate"]?.scalar?.text == "count" ? .fromZero : .anything
        case .ratio, .newestOfEach, .last, .daysSince, .daysSinceFirst, .daysSinceUse, .percentile, .expression: .anything
        }
    }

    /// `sample_min` and `max_age` where there is nothing to count or to grow old.
    func checkObservations(_ key: MeasureKey?, _ fields: Fields, sampleMin: Int) {
        if let key, key.observationsMax.map({ sampleMin > $0 }) ?? false, let node = fields.node("sample_min")
        {
            report(.sampleOutOfReach(key.rawValue, at: node.place))
        }
        if let key, !key.looksAtFacts, let node = fields.node("max_age") {
            report(.ageWithoutEffect(key.rawValue, at: node.place))
        }
    }

    func checkUnit(_ unit: Metric.Unit, _ measure: Measure, at place: Place) {
        // With a value of the events it is their mean, in whatever unit they have.
        if case .ratio(let of, _, let scale) = measure {
            guard of.value == nil else { return }
            if unit == .percent, scale == 1 {
                report(.wrongUnit(unit, gives: "a share of 1", at: place, hint: "write `scale: 100`"))
            }
            if unit == .ratio, scale == 100 {
                report(.wrongUnit(unit, gives: "percent", at: place, hint: "write `unit: percent`"))
            }
            return
        }
        guard let due = measure.units, !due.contains(unit) else { return }
        report(.wrongUnit(unit, gives: due[0].rawValue, at: place, hint: "write `unit: \(due[0].rawValue)`"))
    }
}

extension MeasureKey {
    /// The most observations that a value is made of; nil: any number.
    fileprivate var observationsMax: Int? {
        switch self {
        case .last, .daysSince, .daysSinceFirst, .daysSinceUse, .grade, .expression: 1
        case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .sum, .monthSum, .distinct,
            .newestOfEach, .ratio, .activeWeeks, .percentile, .entities, .change, .attainment:
            nil
        }
    }

    /// A judgement grows old as facts do; what is computed from other metrics is as old as they are.
    fileprivate var looksAtFacts: Bool {
        switch self {
        case .entities, .change, .attainment, .expression: false
        case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .sum, .monthSum, .distinct,
            .newestOfEach, .ratio, .last, .daysSince, .daysSinceFirst, .daysSinceUse, .activeWeeks, .percentile, .grade:
            true
        }
    }
}

extension Measure {
    /// The units that fit, the usual one first; nil where the programme alone knows.
    fileprivate var units: [Metric.Unit]? {
        switch self {
        case .activeMembers, .featureUses, .activeWeeks, .distinct: [.count]
        case .stickiness: [.ratio]
        case .activeDays, .daysSince, .daysSinceFirst, .daysSinceUse: [.days]
        case .featureBreadth, .change, .attainment: [.percent]
        case .grade: [.points, .score, .percent]
        case .sum(let sum), .monthSum(let sum): sum.value == nil ? [.count] : nil
        case .newestOfEach(let newest): newest.aggregate == .count ? [.count] : nil
        case .entities(let measure): measure.aggregate == .count ? [.count] : nil
        case .ratio, .last, .percentile, .expression: nil
        }
    }
}

extension Diagnostic {
    static func sampleOutOfReach(_ measure: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .sampleOutOfReach, "this metric can never be known", at: Label(place, "more than it ever has"),
            why:
                "A value of `\(measure)` is made of one observation, and fewer than `sample_min` make it unknown.",
            hint: "remove `sample_min`")
    }

    static func ageWithoutEffect(_ measure: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .ageWithoutEffect, severity: .warning, "`max_age` changes nothing here",
            at: Label(place, "of no effect"),
            why: "A metric with `\(measure)` looks at no events; it is as old as what it is computed from.",
            hint: "write it at the metric of events that this one reads")
    }

    static func halfLifeWithoutEffect(_ measure: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .ageWithoutEffect, severity: .warning, "`half_life` changes nothing here",
            at: Label(place, "of no effect"),
            why: "Only `sum` and `ratio` add days up, so that an older one can count less; `\(measure)` does not.",
            hint: "remove it")
    }

    static func wrongUnit(_ unit: Metric.Unit, gives: String, at place: Place, hint: String) -> Diagnostic {
        Diagnostic(
            .wrongUnit, severity: .warning, "this metric does not measure \(unit.rawValue)",
            at: Label(place, "its measure gives \(gives)"),
            why: "The unit is what people read beside the number.", hint: hint)
    }
}
