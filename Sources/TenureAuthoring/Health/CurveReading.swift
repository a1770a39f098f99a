import TenureProgramme

extension Reading {
    /// `identity`, `{linear: [[value, points], …]}` or `{steps: […]}`
    func curve(_ node: Node) -> Curve? {
        if let scalar = node.scalar {
            if scalar.text == "identity" { return .identity }
            report(.notAChoice("curve", scalar, ["identity", "linear", "steps"], hint: nil))
            return nil
        }
        guard let map = map(node, "curve") else { return nil }
        let fields = Fields(map, .curve, self)
        guard let said = fields.only(of: ["linear", "steps"]) else { return nil }
        return said == "linear"
            ? linear(fields.items("linear"), at: map.place) : steps(fields.maps("steps", required: true))
    }

    private func linear(_ items: [Node], at place: Place) -> Curve? {
        let points = items.compactMap { linearPoint($0) }
        guard points.count == items.count else { return nil }
        guard points.count >= 2 else {
            report(.curveNeedsTwoPoints(at: items.first?.place ?? place))
            return nil
        }
        for index in points.indices.dropFirst() where points[index].value <= points[index - 1].value {
            report(.curveNotAscending(at: items[index].place, before: items[index - 1].place))
            return nil
        }
        return .linear(points)
    }

    private func linearPoint(_ node: Node) -> CurvePoint? {
        guard let pair = node.list, pair.items.count == 2 else {
            report(.wrongKind("linear", wanted: "pairs `[value, points]`", got: node))
            return nil
        }
        let value = number(pair.items[0], "value")
        let points = number(pair.items[1], "points", in: 0...100)
        guard let value, let points else { return nil }
        return CurvePoint(value: value, points: points)
    }

    private func steps(_ maps: [MapNode]) -> Curve? {
        let steps = maps.enumerated().compactMap { curveStep($1, isLast: $0 == maps.count - 1) }
        checkIDs(of: .step, maps)
        guard steps.count == maps.count else { return nil }
        let isWellFormed = steps.enumerated().allSatisfy { index, step in
            (step.edge == nil) == (index == steps.count - 1)
        }
        if isWellFormed { checkReach(steps, maps) }
        return .steps(steps)
    }

    /// Each step must be the first that holds for some value.
    private func checkReach(_ steps: [CurveStep], _ maps: [MapNode]) {
        let taken = Set(CurveStep.samples(steps).compactMap { CurveStep.taken(steps, by: $0) })
        for index in steps.indices where !taken.isEmpty && !taken.contains(index) {
            report(.curveStepOutOfReach(steps[index].id, at: maps[index]["id"]?.place ?? maps[index].place))
        }
    }

    private func curveStep(_ map: MapNode, isLast: Bool) -> CurveStep? {
        let fields = Fields(map, .curveStep, self)
        let id = fields.node("id").flatMap { self.id($0, "id") }
        let title = fields.text("title")
        let hasEdge = hasEdge(fields)
        if hasEdge && isLast { report(.lastStepHasEdge(at: map.place)) }
        if !hasEdge && !isLast { report(.stepNotLast(at: map.place)) }
        let edge = hasEdge ? valueEdge(fields) : nil
        let points = fields.number("points")
        guard let id, let points, hasEdge == (edge != nil) else { return nil }
        return CurveStep(id: id, title: title ?? id, edge: edge, points: points)
    }
}
