import CEL
import TenureCore
import TenureProgramme

extension Reading {
    func metric(_ definition: Definition) -> Metric? {
        let id = definition.id
        let fields = Fields(definition.map, .metric, self)
        if let dot = id.lastIndex(of: "."), windowDays(String(id[id.index(after: dot)...])) != nil {
            report(.metricNamedAsWindow(id, at: definition.idPlace))
        }
        let title = fields.text("title") ?? id
        let meaning = fields.text("meaning") ?? ""
        let unit = fields.choice("unit", Metric.Unit.self)
        let better = fields.choice("better", Metric.Direction.self)
        let key = measureKey(fields)
        let windows = windows(fields, measure: key)
        let sampleMin = fields.whole("sample_min") ?? 0
        let halfLife = halfLife(fields, measure: key)
        let age = fields.node("max_age").flatMap { hours($0, "max_age") }
        let requirements = fields.requirements(.metric, id)
        checkObservations(key, fields, sampleMin: sampleMin)
        guard let key, let measure = measure(key, fields, unit: unit) else { return nil }
        if let unit, let node = fields.node("unit") { checkUnit(unit, measure, at: node.place) }
        var metric = Metric(id: id, measure: measure)
        (metric.title, metric.meaning, metric.windows, metric.sampleMin) = (
            title, meaning, windows, sampleMin
        )
        metric.unit = unit ?? .count
        metric.better = better ?? .none
        metric.hoursMax = age
        metric.halfLifeDays = halfLife
        metric.requirements = requirements
        return metric
    }

    /// What conditions must know of a metric before any is read.
    func declaredMetric(_ definition: Definition) -> Names.DeclaredMetric {
        let fields = Fields(definition.map, .metric, self)
        let key = measureKey(fields)
        return Names.DeclaredMetric(
            isTruth: fields.choice("unit", Metric.Unit.self) == .bool, windows: windows(fields, measure: key),
            grades: key == .grade ? fields.map("grade").map { $0.entries.map(\.key.text) } : nil,
            better: fields.choice("better", Metric.Direction.self) ?? .none,
            range: key.map { measuredRange($0, fields) } ?? .anything)
    }

    /// The one measure that is written.
    private func measureKey(_ fields: Fields) -> MeasureKey? {
        let said = MeasureKey.allCases.filter { fields.has($0.rawValue) }
        if said.count == 1 { return said[0] }
        if said.isEmpty, MeasureKey.allCases.contains(where: { fields.isMeant($0.rawValue) }) { return nil }
        report(.measureCount(at: fields.map.place, found: said.map(\.rawValue)))
        return nil
    }

    private func windows(_ fields: Fields, measure: MeasureKey?) -> [Int] {
        guard let node = fields.node("windows") else {
            if let measure, measure.isWindowed {
                report(.missingKey("windows", of: "metric", at: fields.map.place))
            }
            return []
        }
        if let measure, !measure.isWindowed {
            report(.windowsNotOffered(measure.rawValue, at: node.place))
            return []
        }
        return fields.items("windows", required: true).compactMap { window($0, fields, measure: measure) }
    }

    /// What came for the first time is remembered for ever.
    private func daysMax(_ measure: MeasureKey, _ fields: Fields) -> Int {
        measure == .distinct && fields.node("distinct")?.map?["new"] != nil ? 366 : measure.daysMax
    }

    private func window(_ node: Node, _ fields: Fields, measure: MeasureKey?) -> Int? {
        guard let scalar = scalar(node, "windows", "a window, such as `30d`") else { return nil }
        let most = measure.map { daysMax($0, fields) } ?? 90
        guard let days = windowDays(scalar.text), days <= most else {
            report(.windowOutOfRange(scalar, most: most))
            // Its name is known, so that whoever refers to it makes no mistake of his own.
            return isInEarnest ? nil : windowDays(scalar.text)
        }
        if days == 0, let measure, !measure.hasLifetime {
            report(.lifetimeNotOffered(scalar))
            return nil
        }
        return days
    }

    /// In whole days; of no effect where days are not added up one by one.
    private func halfLife(_ fields: Fields, measure: MeasureKey?) -> Int? {
        guard let node = fields.node("half_life") else { return nil }
        guard let scalar = node.scalar, scalar.text.hasSuffix("d"), let days = windowDays(scalar.text), (1...90).contains(days)
        else {
            report(.wrongKind("half_life", wanted: "days, `1d` to `90d`", got: node))
            return nil
        }
        if let measure, measure != .sum, measure != .ratio { report(.halfLifeWithoutEffect(measure.rawValue, at: node.place)) }
        return days
    }

    private func hours(_ node: Node, _ key: String) -> Int? {
        guard let span = span(node, key, in: 1...100_000) else { return nil }
        if let milliseconds = span.fixedMilliseconds, milliseconds % Milliseconds.hour == 0 {
            return Int(milliseconds / Milliseconds.hour)
        }
        report(.wrongKind(key, wanted: "a duration of whole hours, such as `48h`", got: node))
        return nil
    }
}

/// The keys that say how a metric is computed.
enum MeasureKey: String, CaseIterable {
    case activeMembers = "active_members"
    case stickiness
    case activeDays = "active_days"
    case featureBreadth = "feature_breadth"
    case featureUses = "feature_uses"
    case sum
    case monthSum = "month_sum"
    case distinct
    case newestOfEach = "newest_of_each"
    case ratio, last
    case daysSince = "days_since"
    case daysSinceFirst = "days_since_first"
    case daysSinceUse = "days_since_use"
    case activeWeeks = "active_weeks"
    case percentile, entities, change, grade, attainment, expression

    /// Looks back over days.
    var isWindowed: Bool {
        switch self {
        case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .sum, .ratio, .distinct,
            .newestOfEach, .percentile, .attainment:
            true
        case .monthSum, .last, .daysSince, .daysSinceFirst, .daysSinceUse, .activeWeeks, .entities, .change, .grade, .expression: false
        }
    }

    /// The longest window: as long as what is kept.
    var daysMax: Int {
        switch self {
        case .distinct: 63
        case .newestOfEach: 366
        case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .sum, .monthSum, .ratio, .last,
            .daysSince, .daysSinceFirst, .daysSinceUse, .activeWeeks, .percentile, .entities, .change, .grade, .attainment, .expression:
            90
        }
    }

    /// Whether `lifetime` is offered.
    var hasLifetime: Bool {
        switch self {
        case .sum, .distinct: true
        case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .monthSum, .newestOfEach, .ratio, .last,
            .daysSince, .daysSinceFirst, .daysSinceUse, .activeWeeks, .percentile, .entities, .change, .grade, .attainment, .expression:
            false
        }
    }
}
