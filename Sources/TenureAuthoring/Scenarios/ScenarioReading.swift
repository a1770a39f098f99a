import TenureCore
import TenureProgramme

extension Reading {
    func scenario(_ definition: Definition) -> Scenario? {
        let fields = Fields(definition.map, .test, self)
        let title = fields.text("title")
        let start = fields.node("start").flatMap { date($0, "start") }
        let days = fields.whole("days")
        let account = fields.map("account").map { accountFields($0) } ?? JSONObject()
        let contacts = fields.maps("contacts").map { contact($0) }
        let last = days ?? 3_660
        let facts = fields.maps("facts").flatMap { scenarioFacts($0, last: last, start: start) }
        let stops = facts.compactMap { $0.type == FactType.playStopped ? $0.data["outcome"]?.string : nil }
        let expected = fields.maps("expect").flatMap { map in
            expectation(map, last: last, stops: stops).map { (expectation: $0, place: map.place) }
        }
        checkContradictions(expected)
        let expectations = expected.map(\.expectation)
        let goldens = fields.maps("golden").compactMap { golden($0, of: definition.id, last: last) }
        let requirements = fields.requirements(.scenario, definition.id)
        guard let title, let start, let days else { return nil }
        var scenario = Scenario(id: definition.id, title: title, start: start)
        (scenario.days, scenario.account, scenario.contacts) = (days, account, contacts)
        (scenario.given, scenario.goldens) = (given(facts), goldens)
        (scenario.facts, scenario.expectations, scenario.requirements) = (facts, expectations, requirements)
        return scenario
    }

    /// Fields of the account and, by role, its owners.
    func accountFields(_ map: MapNode) -> JSONObject {
        var object = JSONObject()
        let known = names.accountFields.map(\.id) + names.roles
        for entry in map.entries {
            let key = entry.key.text
            guard known.contains(key) else {
                let wrong = unknown(
                    .unknownOwnField, "field or role", key, known, nil, entry.key.place, "account")
                report(wrong)
                continue
            }
            let kind = names.accountFields.first { $0.id == key }?.kind ?? .text
            if let value = accountValue(entry.value, key, kind) { object[key] = value }
        }
        return object
    }

    private func accountValue(_ node: Node, _ key: String, _ kind: AccountField.Kind) -> JSON? {
        if node.scalar?.isEmpty == true { return .null }
        switch kind {
        case .text: return key == "tier" ? tier(node) : text(node, key).map { .string($0) }
        case .number, .money: return number(node, key).map { .double($0) }
        case .whole: return whole(node, key, in: Int(Int32.min)...Int(Int32.max)).map { .int(Int64($0)) }
        case .flag: return flag(node, key).map { .bool($0) }
        case .date: return date(node, key).map { .string($0.text) }
        case .choice(let choices): return choice(node, key, of: choices).map { .string($0) }
        }
    }

    private func tier(_ node: Node) -> JSON? {
        guard !names.tiers.isEmpty else { return text(node, "tier").map { .string($0) } }
        return reference(node, "tier", .unknownTier, "tier", among: names.tiers, .tier, of: "account")
            .map { .string($0) }
    }

    private func contact(_ map: MapNode) -> JSONObject {
        let fields = Fields(map, .contact, self)
        _ = fields.node("id").flatMap { id($0, "id") }
        for key in ["role", "name", "email", "title", "since"] { _ = fields.text(key) }
        _ = fields.flag("left")
        return JSONObject(map.entries.map { .init($0.key.text, json($0.value)) })
    }

    func json(_ node: Node) -> JSON { node.json }
}
