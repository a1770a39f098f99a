import TenureCore
import TenureProgramme

extension Reading {
    /// The data of a fact that the product knows: what it names must exist.
    func productData(_ map: MapNode, _ type: String, _ keys: [ProductFact.Key]) -> JSONObject {
        if type == FactType.accountChanged { return accountFields(map) }
        for key in keys {
            guard let node = map[key.rawValue] else {
                report(.missingData(key.rawValue, of: type, at: map.place))
                continue
            }
            checkName(node, key, map)
        }
        if type == FactType.gradeGiven { checkGrade(map) }
        if type == FactType.taskCompleted || type == FactType.taskReopened { checkTask(map) }
        return JSONObject(map.entries.map { .init($0.key.text, json($0.value)) })
    }

    private func checkName(_ node: Node, _ key: ProductFact.Key, _ map: MapNode) {
        switch key {
        case .play: _ = play(node, "play", of: "test")
        case .step:
            if let play = map["play"]?.scalar?.text, names.plays.contains(play) {
                _ = step(node, "step", of: play, in: "test")
            }
        case .signal: _ = signal(node, "signal", of: "test")
        case .role: _ = role(node, "role", of: "test")
        case .flag, .contact: _ = id(node, key.rawValue)
        }
    }

    /// A judgement is of a metric, or of a whole group or component in points.
    private func checkGrade(_ map: MapNode) {
        let subjects = ["metric", "group", "component"].filter { map[$0] != nil }
        let said = ["grade", "points"].filter { map[$0] != nil }
        guard subjects.count == 1, let subject = map[subjects[0]] else {
            return report(
                .oneOfKeys(["metric", "group", "component"], of: "grade", at: map.place, found: subjects))
        }
        guard said.count == 1 else {
            return report(.oneOfKeys(["grade", "points"], of: "grade", at: map.place, found: said))
        }
        if let points = map["points"] { _ = number(points, "points", in: 0...100) }
        switch subjects[0] {
        case "metric": checkGradedMetric(subject, grade: map["grade"])
        case "group": checkPart(subject, "health group", names.groups, grade: map["grade"])
        case _: checkPart(subject, "health component", names.components, grade: map["grade"])
        }
    }

    private func checkGradedMetric(_ node: Node, grade: Node?) {
        let found = reference(
            node, "metric", .unknownMetric, "judged metric", among: names.gradedMetrics, .metric, of: "test")
        guard let found else { return }
        use(metric: found)
        if let grade, let steps = names.metrics[found]?.grades {
            _ = reference(grade, "grade", .unknownGrade, "grade of `\(found)`", among: steps, nil, of: "test")
        }
    }

    private func checkPart(_ node: Node, _ kindName: String, _ parts: [String], grade: Node?) {
        _ = reference(node, "grade", .unknownComponent, kindName, among: parts, nil, of: "test")
        if let grade { report(.wrongData("a whole part of health is judged in `points`", at: grade.place)) }
    }
}
