import CEL
import TenureCore
import TenureProgramme

/// What a test may state outright, so that it stands at an edge without the events that would lead there.
enum StatedFact: String, CaseIterable {
    /// A metric's value.
    case metric
    /// The points of every health group, and so the score.
    case score
    /// The points of some components, by their ids.
    case points
}

extension Reading {
    func stated(_ shape: StatedFact, _ map: MapNode, last: Int) -> [ScenarioFacts] {
        let fields = Fields(map, shape.form, self)
        let contents =
            switch shape {
            case .metric: statedMetric(fields).map { [$0] } ?? []
            case .score: statedScore(fields)
            case .points: statedPoints(fields)
            }
        guard let days = factDays(fields, last: last) else { return [] }
        return contents.map { type, data in
            var facts = timed(fields, ScenarioFacts(days: days, type: type))
            facts.data = data
            return facts
        }
    }

    private func statedMetric(_ fields: Fields) -> (String, JSONObject)? {
        let found = fields.node("metric").flatMap {
            reference($0, "metric", .unknownMetric, "metric", among: names.metricIDs, .metric, of: "test")
        }
        let value = fields.node("value").flatMap { node -> Double? in
            if let isTrue = node.scalar.flatMap({ $0.style == .plain ? Bool($0.text) : nil }) { return isTrue ? 1 : 0 }
            return number(node, "value")
        }
        guard let found, let value else { return nil }
        use(metric: found)
        return (GivenMetric.event(found), JSONObject([.init("value", .double(value))]))
    }

    private func statedScore(_ fields: Fields) -> [(String, JSONObject)] {
        guard let score = fields.number("score") else { return [] }
        return names.groups.map { judgement("group", $0, score) }
    }

    private func statedPoints(_ fields: Fields) -> [(String, JSONObject)] {
        (fields.map("points")?.entries ?? []).compactMap { entry in
            let id = reference(
                .scalar(entry.key), "points", .unknownComponent, "health component", among: names.components, nil, of: "test")
            let points = number(entry.value, entry.key.text, in: 0...100)
            guard let id, let points else { return nil }
            return judgement("component", id, points)
        }
    }

    private func judgement(_ kind: String, _ id: String, _ points: Double) -> (String, JSONObject) {
        (FactType.gradeGiven, JSONObject([.init(kind, .string(id)), .init("points", .double(points))]))
    }

    /// The metrics that the facts of a test state, each once.
    func given(_ facts: [ScenarioFacts]) -> [GivenMetric] {
        let stated = Set(facts.map(\.type))
        var vocabulary = Vocabulary()
        vocabulary.declare("event.value", .double)
        guard case .success(let program) = Program.compile("event.value", vocabulary: vocabulary, expecting: nil) else { return [] }
        return names.metricIDs.filter { stated.contains(GivenMetric.event($0)) }
            .map { GivenMetric(metric: $0, value: Condition(source: "event.value", program: program)) }
    }
}
