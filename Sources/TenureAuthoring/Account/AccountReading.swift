import TenureCore
import TenureProgramme

/// Calendars, roles, tiers, segments and fields: what is known of every account.
extension Reading {
    func role(_ definition: Definition) -> Role {
        let fields = Fields(definition.map, .role, self)
        _ = fields.requirements(.role, definition.id)
        if AccountField.standard.contains(where: { $0.id == definition.id }) {
            report(
                .reservedID(
                    definition.id, at: definition.idPlace,
                    because:
                        "Who has the role is a field of the account, and every account has this field anyway."
                ))
        }
        return Role(
            id: definition.id, title: fields.text("title") ?? "",
            isTeamWide: fields.flag("team"))
    }

    func tier(_ definition: Definition) -> Choice {
        let fields = Fields(definition.map, .tier, self)
        _ = fields.requirements(.tier, definition.id)
        return Choice(id: definition.id, title: fields.text("title") ?? "")
    }

    func segment(_ definition: Definition) -> Segment? {
        let fields = Fields(definition.map, .segment, self)
        _ = fields.requirements(.segment, definition.id)
        let title = fields.text("title")
        let when = fields.condition("when", Vocabularies(names: names).account(.segment))
        if let condition = checked(fields.node("when")) {
            segmentConditions.append((definition.id, definition.idPlace, condition))
        }
        guard let title, let when else { return nil }
        return Segment(id: definition.id, title: title, when: when)
    }

    func accountField(_ definition: Definition) -> AccountField? {
        let fields = Fields(definition.map, .accountField, self)
        if let role = outline.find(.role, definition.id) {
            let taken = Diagnostic.Label(role.idPlace, "by this role")
            var mistake = Diagnostic.reservedID(
                definition.id, at: definition.idPlace, because: "Who has a role is a field of the account.")
            mistake.labels.append(taken)
            report(mistake)
        }
        _ = fields.requirements(.accountField, definition.id)
        _ = definition.map["id"]?.scalar.flatMap { fieldID($0) }
        if AccountField.standard.contains(where: { $0.id == definition.id }) {
            report(
                .reservedID(
                    definition.id, at: definition.idPlace, because: "Every account has this field anyway."))
        }
        let title = fields.text("title")
        let kind = accountFieldKind(fields)
        guard let title, let kind else { return nil }
        return AccountField(id: definition.id, title: title, kind: kind)
    }

    private func accountFieldKind(_ fields: Fields) -> AccountField.Kind? {
        guard let type = fields.choice("type", AccountFieldType.self) else { return nil }
        if type != .choice, let choices = fields.node("choices") {
            report(.choicesWithoutChoice(at: choices.place))
        }
        switch type {
        case .text: return .text
        case .number: return .number
        case .whole: return .whole
        case .money: return .money
        case .flag: return .flag
        case .date: return .date
        case .choice:
            return .choice(fields.someTexts("choices"))
        }
    }
}
