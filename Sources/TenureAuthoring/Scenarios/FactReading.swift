import TenureCore
import TenureProgramme

extension Reading {
    /// What a line of `facts` stands for: one kind of event or, where it states a score, one judgement for each group.
    func scenarioFacts(_ map: MapNode, last: Int, start: Day?) -> [ScenarioFacts] {
        if let shape = StatedFact.allCases.first(where: { map[$0.rawValue] != nil }) { return stated(shape, map, last: last) }
        let fields = Fields(map, .fact, self)
        let days = factDays(fields, last: last)
        let members = fields.whole("members") ?? 0
        let count = fields.whole("count") ?? 1
        if fields.has("event"), fields.has("track") {
            report(.oneOfKeys(["event", "track"], of: "fact", at: map.place, found: ["event", "track"]))
        }
        let isOnWeekdays = fields.flag("weekdays")
        let call = fields.node("track").flatMap { segmentCall($0) }
        let type = fields.has("track") ? call.map { "track:" + $0 } : eventType(fields)
        let data = type.map { factData(fields, $0) } ?? JSONObject()
        guard let days, let type else { return [] }
        var facts = timed(fields, ScenarioFacts(days: days, type: type))
        facts.call = call.map { .track(name: $0) }
        (facts.members, facts.count, facts.onWeekdays, facts.data) = (members, count, isOnWeekdays, data)
        if let start, let place = (fields.node("day") ?? fields.node("days"))?.place {
            checkDays(facts, start, at: place)
        }
        return [facts]
    }

    /// With the time of day, and every how many days.
    func timed(_ fields: Fields, _ facts: ScenarioFacts) -> ScenarioFacts {
        var facts = facts
        facts.minuteOfDay = fields.node("at").flatMap { timeOfDay($0, "at") } ?? 600
        facts.every = fields.whole("every") ?? 1
        return facts
    }

    /// `weekdays` may leave no day at all.
    private func checkDays(_ facts: ScenarioFacts, _ start: Day, at place: Place) {
        guard facts.onWeekdays, facts.days.lowerBound >= 0, facts.days.upperBound <= 3_660 else { return }
        let days = stride(from: facts.days.lowerBound, through: facts.days.upperBound, by: facts.every)
        guard days.allSatisfy({ (start + Int32($0)).weekday >= 5 }) else { return }
        report(
            .neverHappens(
                (start + Int32(facts.days.lowerBound)).weekday == 5 ? "Saturday" : "Sunday", at: place))
    }

    private func eventType(_ fields: Fields) -> String? {
        fields.node("event", required: true).flatMap { factType($0) }
    }

    /// The name of a Segment track call that some event claims.
    private func segmentCall(_ node: Node) -> String? {
        let calls = outline.all(.event).flatMap { $0.map["segment"]?.list?.items ?? [] }
            .compactMap { $0.map?["track"]?.scalar?.text }
        return reference(node, "track", .unknownEvent, "Segment call", among: calls, nil, of: "test")
    }

    func factDays(_ fields: Fields, last: Int) -> ClosedRange<Int>? {
        guard let said = fields.only(of: ["day", "days"]), let node = fields.node(said) else { return nil }
        guard let days = range(node, said) else { return nil }
        if days.lowerBound < 0 || days.upperBound > last { report(.dayOutside(at: node.place, last: last)) }
        return days
    }

    /// `12` or `0..44`
    func range(_ node: Node, _ key: String) -> ClosedRange<Int>? {
        guard let scalar = scalar(node, key, "a whole number or a range") else { return nil }
        if let single = PlainNumber.whole(scalar.text) { return single...single }
        if let dots = scalar.text.firstIndex(of: "."), scalar.text[dots...].hasPrefix(".."),
            let first = PlainNumber.whole(String(scalar.text[..<dots])),
            let last = PlainNumber.whole(String(scalar.text[dots...].dropFirst(2))), first <= last
        {
            return first...last
        }
        report(.malformedRange(key, scalar))
        return nil
    }

    /// `09:30` as minutes since midnight.
    func timeOfDay(_ node: Node, _ key: String) -> Int? {
        guard let scalar = scalar(node, key, "a time, such as `\"09:30\"`") else { return nil }
        if let minutes = minutesOfDay(scalar.text[...]), minutes < 1440 { return minutes }
        report(.malformedHours(key, scalar, wanted: "a time, such as `\"09:30\"`"))
        return nil
    }

    private func factType(_ node: Node) -> String? {
        if let text = node.scalar?.text, ProductFact.required.contains(where: { $0.type == text }) {
            return text
        }
        let candidates = outline.ids(.event) + ProductFact.required.map(\.type)
        return reference(node, "event", .unknownEvent, "event", among: candidates, .event, of: "test")
    }

    private func factData(_ fields: Fields, _ type: String) -> JSONObject {
        let map = fields.map("data") ?? MapNode(entries: [], place: fields.map.place)
        if let product = ProductFact.required.first(where: { $0.type == type }) {
            return productData(map, product.type, product.keys)
        }
        let declared = names.eventFields[type] ?? []
        for field in declared where field.isRequired && map[field.id] == nil {
            report(.missingData(field.id, of: type, at: map.place))
        }
        return JSONObject(
            map.entries.map { entry in
                let field = declared.first { $0.id == entry.key.text }
                return .init(
                    entry.key.text, field.flatMap { eventValue(entry.value, $0) } ?? json(entry.value))
            })
    }

    /// The value of a declared field must have its kind; undeclared ones are kept as they are.
    private func eventValue(_ node: Node, _ field: EventField) -> JSON? {
        switch field.kind {
        case .text: return text(node, field.id).map { .string($0) }
        case .number: return number(node, field.id).map { .double($0) }
        case .whole: return whole(node, field.id, in: Int.min...Int.max).map { .int(Int64($0)) }
        case .flag: return flag(node, field.id).map { .bool($0) }
        case .choice(let choices): return choice(node, field.id, of: choices).map { .string($0) }
        case .instant:
            guard let scalar = scalar(node, field.id, "a timestamp") else { return nil }
            if case .success = Instant.parse(rfc3339: scalar.text) { return .string(scalar.text) }
            report(
                .wrongData(
                    "`\(field.id)` must be a timestamp, such as `2026-03-09T11:00:00Z`", at: scalar.place))
            return nil
        }
    }
}
