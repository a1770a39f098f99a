import TenureCore
import TenureProgramme

extension Reading {
    /// What a line of `expect` stands for: what its first key says, then what stands beside it.
    ///
    /// - Parameter stops: outcomes with which the facts stop plays.
    func expectation(_ map: MapNode, last: Int, stops: [String]) -> [Expectation] {
        guard let shape = ExpectationShape.allCases.first(where: { map[$0.rawValue] != nil }) else {
            let shapes = ExpectationShape.allCases.map(\.rawValue)
            let near = map.entries.lazy.compactMap { self.suggestion($0.key.text, among: shapes) }.first
            report(.unknownExpectation(at: map.place, shapes: shapes, hint: near))
            return []
        }
        let fields = Fields(map, shape.form, self)
        guard let node = fields.node(shape.rawValue) else { return [] }
        if shape == .judged { return judged(node, fields).map { [$0] } ?? [] }
        guard shape.hasDay else { return never(shape, node).map { [$0] } ?? [] }
        let day = fields.whole("day")
        if let day, day > last, let place = map["day"]?.place { report(.dayOutside(at: place, last: last)) }
        if shape == .weights { return weights(fields, day ?? 0) }
        guard let expectation = expectation(shape, node, fields, day: day ?? 0, stops: stops) else { return [] }
        return [expectation] + besides(expectation, fields)
    }

    private func never(_ shape: ExpectationShape, _ node: Node) -> Expectation? {
        switch shape {
        case .neverRaised: return signal(node, shape.rawValue, of: "test").map { .neverRaised(signal: $0) }
        case .neverStarted: return play(node, shape.rawValue, of: "test").map { .neverStarted(play: $0) }
        case .neverSent: return message(node, shape.rawValue, of: "test").map { .neverSent(template: $0) }
        case .nothing:
            if flag(node, shape.rawValue) == false {
                report(.wrongKind(shape.rawValue, wanted: "`true`", got: node))
            }
            return .nothing
        case .kpi, .judged, .component, .metric, .raised, .raisedAgain, .startedAgain, .running, .group, .shownBand, .signal, .play, .ended,
            .step, .clock, .message, .weights, .segment, .score, .band:
            return nil
        }
    }

    private func expectation(
        _ shape: ExpectationShape, _ node: Node, _ fields: Fields, day: Int, stops: [String]
    ) -> Expectation? {
        switch shape {
        case .kpi: return kpi(node, fields, day)
        case .component: return component(node, fields, day)
        case .metric: return metric(node, fields, day)
        case .raised: return signal(node, "raised", of: "test").map { .raised(day: day, signal: $0) }
        case .raisedAgain: return signal(node, shape.rawValue, of: "test").map { .raisedAgain(day: day, signal: $0) }
        case .startedAgain: return play(node, shape.rawValue, of: "test").map { .startedAgain(day: day, play: $0) }
        case .group: return group(node, fields, day)
        case .shownBand: return band(node, "shown_band").map { .shownBand(day: day, id: $0) }
        case .running: return play(node, shape.rawValue, of: "test").map { .running(day: day, play: $0) }
        case .segment:
            return choice(node, "segment", of: outline.ids(.segment)).map { .segment(day: day, id: $0) }
        case .signal:
            let isOpen = fields.node("open").flatMap { flag($0, "open") } ?? true
            return signal(node, "signal", of: "test").map { .signal(day: day, id: $0, open: isOpen) }
        case .play:
            let owner = fields.node("owner").flatMap { role($0, "owner", of: "test") }
            return play(node, "play", of: "test").map { .playStarted(day: day, play: $0, owner: owner) }
        case .ended:
            let play = play(node, "ended", of: "test")
            let outcome = fields.node("outcome", required: true).flatMap {
                self.outcome($0, of: play, stops: stops)
            }
            guard let play, let outcome else { return nil }
            return .playEnded(day: day, play: play, outcome: outcome)
        case .step: return step(node, fields, day)
        case .clock: return clock(node, fields, day).map { .clock($0) }
        case .message: return message(node, fields, day)
        case .score, .band: return score(fields, day)
        case .neverRaised, .neverStarted, .neverSent, .nothing, .weights, .judged: return nil
        }
    }

    private func score(_ fields: Fields, _ day: Int) -> Expectation? {
        if fields.map["score"]?.scalar?.isEmpty == true { return .noScore(day: day) }
        let range = fields.node("score").flatMap { self.range($0, "score") }
        let band = fields.node("band").flatMap { self.band($0, "band") }
        if let range, let node = fields.node("score"), range.lowerBound < 0 || range.upperBound > 100 {
            report(
                .outOfRange(
                    "score", node.scalar ?? Scalar(text: "", style: .plain, place: node.place),
                    "from 0 to 100"))
        }
        if let range, let band, let node = fields.node("band") { checkBand(band, range, at: node.place) }
        guard range != nil || band != nil else { return nil }
        return .score(day: day, in: range, band: band)
    }

    private func band(_ node: Node, _ key: String) -> String? {
        reference(node, key, .unknownBand, "band", among: names.bands, nil, of: "test")
    }

    private func group(_ node: Node, _ fields: Fields, _ day: Int) -> Expectation? {
        let id = reference(node, "group", .unknownComponent, "health group", among: names.groups, nil, of: "test")
        let points = numberOrNull(fields, "points")
        guard let id, let points else { return nil }
        return .group(day: day, id: id, points: points.value)
    }

    private func component(_ node: Node, _ fields: Fields, _ day: Int) -> Expectation? {
        let id = reference(
            node, "component", .unknownComponent, "health component", among: names.components, nil, of: "test"
        )
        let points = numberOrNull(fields, "points")
        guard let id, let points else { return nil }
        return .component(day: day, id: id, points: points.value)
    }

    private func metric(_ node: Node, _ fields: Fields, _ day: Int) -> Expectation? {
        let reference = metric(node, "metric", of: "test")
        let value = numberOrNull(fields, "value")
        let tolerance = fields.number("within") ?? 0.001
        guard let reference, let value else { return nil }
        return .metric(day: day, reference: reference, value: value.value, tolerance: tolerance)
    }

    /// nil after a report; a written `null` says that nothing is known.
    func numberOrNull(_ fields: Fields, _ key: String) -> (value: Double?, ())? {
        guard let node = fields.node(key) else { return nil }
        if node.scalar?.isEmpty == true { return (nil, ()) }
        return number(node, key, in: key == "points" ? 0...100 : nil).map { ($0, ()) }
    }

    private func step(_ node: Node, _ fields: Fields, _ day: Int) -> Expectation? {
        let path = stepPath(node)
        let state = fields.node("state").flatMap {
            choice($0, "state", of: ExpectationShape.states)
        }
        let due = fields.node("due").flatMap { instant($0, "due") }
        let owner = fields.node("owner").flatMap { role($0, "owner", of: "test") }
        let tasks = fields.texts("tasks")
        guard let path, let state else { return nil }
        if let node = fields.node("tasks") { checkTasks(tasks, path.play, path.step, at: node) }
        return .step(
            day: day, play: path.play, step: path.step, state: state, due: due, owner: owner, tasks: tasks)
    }

    /// `play/step`
    private func stepPath(_ node: Node) -> (play: String, step: String)? {
        guard let scalar = scalar(node, "step", "a step, such as `rescue/assess`") else { return nil }
        let parts = scalar.text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, names.plays.contains(parts[0]) else {
            report(unknown(.unknownPlay, "play", parts[0], names.plays, .play, scalar.place, "test"))
            return nil
        }
        let steps = names.steps[parts[0]] ?? []
        guard steps.contains(parts[1]) else {
            report(unknown(.unknownStep, "step of `\(parts[0])`", parts[1], steps, nil, scalar.place, "test"))
            return nil
        }
        return (parts[0], parts[1])
    }

    func instant(_ node: Node, _ key: String) -> Instant? {
        guard let scalar = scalar(node, key, "a timestamp") else { return nil }
        if case .success(let instant) = Instant.parse(rfc3339: scalar.text) { return instant }
        report(.wrongData("`\(key)` must be a timestamp, such as `2026-03-09T11:00:00Z`", at: scalar.place))
        return nil
    }

    private func message(_ node: Node, _ fields: Fields, _ day: Int) -> Expectation? {
        let template = message(node, "message", of: "test")
        let to = fields.node("to").flatMap { node in
            recipient(node, "to", of: "test").map { _ in node.scalar?.text ?? "" }
        }
        let contains = fields.texts("contains")
        guard let template, let to else { return nil }
        return .message(day: day, template: template, to: to, contains: contains)
    }
}
