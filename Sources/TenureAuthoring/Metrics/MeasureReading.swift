import CEL
import TenureProgramme

extension Reading {
    func measure(_ key: MeasureKey, _ fields: Fields, unit: Metric.Unit?) -> Measure? {
        guard let node = fields.node(key.rawValue) else { return nil }
        switch key {
        case .activeMembers: return isTrue(node, key) ? .activeMembers : nil
        case .stickiness: return isTrue(node, key) ? .stickiness : nil
        case .activeDays: return isTrue(node, key) ? .activeDays : nil
        case .activeWeeks: return isTrue(node, key) ? .activeWeeks : nil
        case .featureBreadth: return featureBreadth(node)
        case .featureUses:
            return reference(
                node, key.rawValue, .unknownFeature, "feature", among: outline.ids(.feature), .feature,
                of: "metric"
            ).map { .featureUses(feature: $0) }
        case .sum: return sum(node, "sum", .eventSum).map { .sum($0) }
        case .monthSum: return sum(node, key.rawValue, .eventSum).map { .monthSum($0) }
        case .distinct: return distinct(node)
        case .newestOfEach: return newestOfEach(node)
        case .daysSinceUse: return isTrue(node, key) ? .daysSinceUse : nil
        case .last: return sum(node, "last", .eventValue).map { .last($0) }
        case .ratio: return ratio(node)
        case .daysSince: return filter(node, key.rawValue).map { .daysSince($0) }
        case .daysSinceFirst: return filter(node, key.rawValue).map { .daysSinceFirst($0) }
        case .percentile: return percentile(node)
        case .entities: return entities(node)
        case .change: return change(node)
        case .grade: return grade(node)
        case .attainment: return slaName(node, key.rawValue, of: "metric").map { .attainment($0) }
        case .expression:
            let vocabulary = Vocabularies(names: names).account(.metric)
            return condition(
                node, "expression", of: "metric", vocabulary: vocabulary,
                result: unit.map { $0 == .bool ? .truth : .number } ?? .anything
            ).map { .expression($0) }
        }
    }

    private func isTrue(_ node: Node, _ key: MeasureKey) -> Bool {
        guard let value = flag(node, key.rawValue) else { return false }
        if !value { report(.wrongKind(key.rawValue, wanted: "`true`", got: node)) }
        return value
    }

    private func featureBreadth(_ node: Node) -> Measure? {
        guard let map = map(node, "feature_breadth") else { return nil }
        let fields = Fields(map, .featureBreadth, self)
        let scope = fields.choice("scope", FeatureUse.Scope.self) ?? .all
        let uses = fields.whole("uses") ?? 1
        let days = fields.whole("days") ?? 1
        return .featureBreadth(FeatureUse(scope: scope, usesMin: uses, daysMin: days))
    }

    /// `{event: …, when: …, value: …}`
    private func sum(_ node: Node, _ key: String, _ form: Form) -> EventSum? {
        guard let map = map(node, key) else { return nil }
        let needsValue = form["value"]?.isRequired == true
        let fields = Fields(map, form, self)
        let (event, when) = eventAndCondition(fields)
        let vocabulary = Vocabularies(names: names).event(event ?? "")
        let kinds = names.eventFields[event ?? ""] ?? []
        let value =
            event == nil
            ? nil : fields.condition("value", vocabulary, .number, required: needsValue, about: kinds)
        guard let event, value != nil || !needsValue else { return nil }
        return EventSum(filter: EventFilter(event: event, when: when), value: value)
    }

    func filter(_ node: Node, _ key: String, of noun: String = "metric") -> EventFilter? {
        guard let map = map(node, key) else { return nil }
        let (event, when) = eventAndCondition(Fields(map, .eventFilter, self), of: noun)
        return event.map { EventFilter(event: $0, when: when) }
    }

    private func eventAndCondition(_ fields: Fields, of noun: String = "metric") -> (event: String?, when: Condition?) {
        guard let event = fields.node("event").flatMap({ event($0, "event", of: noun) })
        else {
            return (nil, nil)
        }
        let kinds = names.eventFields[event] ?? []
        return (event, fields.condition("when", Vocabularies(names: names).event(event), about: kinds))
    }

    private func distinct(_ node: Node) -> Measure? {
        guard let map = map(node, "distinct") else { return nil }
        let fields = Fields(map, .distinct, self)
        let (event, when) = eventAndCondition(fields)
        let members = fields.whole("members") ?? 1
        let isNew = fields.flag("new")
        guard let event else { return nil }
        let of = fields.condition("of", Vocabularies(names: names).event(event), .anything)
        return .distinct(
            DistinctMeasure(filter: EventFilter(event: event, when: when), of: of, membersMin: members, isNew: isNew))
    }

    private func newestOfEach(_ node: Node) -> Measure? {
        guard let map = map(node, "newest_of_each") else { return nil }
        let fields = Fields(map, .newestOfEach, self)
        let aggregate = fields.choice("aggregate", NewestMeasure.Aggregate.self)
        let scale = fields.number("scale") ?? 1
        let isRounded = fields.flag("round")
        let (event, when) = eventAndCondition(fields)
        guard let event else { return nil }
        let vocabulary = Vocabularies(names: names).event(event)
        let each = fields.condition("each", vocabulary, .anything)
        let value = fields.condition("value", vocabulary, .number, required: true, about: names.eventFields[event] ?? [])
        guard let aggregate, let value else { return nil }
        return .newestOfEach(
            NewestMeasure(
                sum: EventSum(filter: EventFilter(event: event, when: when), value: value), each: each,
                aggregate: aggregate, scale: scale, isRounded: isRounded))
    }

    private func ratio(_ node: Node) -> Measure? {
        guard let map = map(node, "ratio") else { return nil }
        let fields = Fields(map, .ratio, self)
        let of = fields.node("of").flatMap { sum($0, "of", .eventSum) }
        let to = fields.node("to").flatMap { sum($0, "to", .eventSum) }
        let scale = fields.number("scale") ?? 1
        guard let of, let to else { return nil }
        return .ratio(of, to, scale: scale)
    }

    private func percentile(_ node: Node) -> Measure? {
        let sum = sum(node, "percentile", .percentile)
        guard let map = node.map else { return nil }
        let fraction =
            map["fraction"].flatMap { number($0, "fraction", in: Form.percentile["fraction"]?.value.numberRange) }
        if map["fraction"] == nil { report(.missingKey("fraction", of: "percentile", at: map.place)) }
        guard let sum, let fraction else { return nil }
        return .percentile(sum, fraction: fraction)
    }

    private func entities(_ node: Node) -> Measure? {
        guard let map = map(node, "entities") else { return nil }
        let fields = Fields(map, .entityMeasure, self)
        let aggregate = fields.choice("aggregate", EntityMeasure.Aggregate.self)
        guard let kind = fields.node("kind").flatMap({ entityKind($0, "kind", of: "metric") })
        else {
            return nil
        }
        let vocabulary = Vocabularies(names: names).entity(kind)
        let needsValue = aggregate != nil && aggregate != .count
        let kinds = names.entityFields[kind] ?? []
        let value = fields.condition("value", vocabulary, .number, required: needsValue, about: kinds)
        let when = fields.condition("when", vocabulary, about: kinds)
        guard let aggregate, value != nil || !needsValue else { return nil }
        return .entities(EntityMeasure(kind: kind, aggregate: aggregate, value: value, when: when))
    }

    private func change(_ node: Node) -> Measure? {
        guard let map = map(node, "change") else { return nil }
        let fields = Fields(map, .change, self)
        let minimum = ChangeGuard(
            baseMin: fields.number("base_min") ?? 0,
            significanceMin: fields.number("significance_min") ?? 0,
            differenceMin: fields.number("difference_min") ?? 0)
        guard let of = fields.node("of"), let metric = metric(of, "of", of: "metric") else {
            return nil
        }
        // The window before must lie inside the 91 days that are kept.
        guard let days = metric.windowDays, (1...45).contains(days) else {
            report(.changeNeedsWindow(metric.text, at: of.place))
            return nil
        }
        return .change(of: metric, guard: minimum)
    }

    private func grade(_ node: Node) -> Measure? {
        guard let map = map(node, "grade") else { return nil }
        if map.entries.isEmpty { report(.emptyList("grade", of: "metric", at: map.place)) }
        let steps = map.entries.compactMap { entry -> GradeStep? in
            guard let id = id(.scalar(entry.key), "grade") else { return nil }
            return number(entry.value, entry.key.text, in: 0...100).map {
                GradeStep(id: id, title: id, points: $0)
            }
        }
        return .grade(scale: steps)
    }
}
