import TenureProgramme

extension Reading {
    func event(_ definition: Definition) -> EventType {
        let fields = Fields(definition.map, .event, self)
        if ProductFact.names.contains(definition.id) {
            report(
                .reservedID(
                    definition.id, at: definition.idPlace, because: "The product itself knows this event."))
        }
        var event = EventType(type: definition.id, title: fields.text("title") ?? "")
        event.isActivity = fields.flag("activity")
        event.fields = names.eventFields[definition.id] ?? []
        _ = eventFields(fields.map("fields"))
        event.featureField = fields.node("feature").flatMap { featureField($0, of: definition.id) }
        event.segment = fields.maps("segment").compactMap { segmentCall($0, of: definition.id) }
        event.entity = fields.map("entity").flatMap { entityChange($0, event: definition.id) }
        event.requirements = fields.requirements(.event, definition.id)
        return event
    }

    /// `fields: {ok: {type: flag}}`
    func eventFields(_ map: MapNode?) -> [EventField] {
        (map?.entries ?? []).compactMap { entry in
            guard let id = fieldID(entry.key), let map = self.map(entry.value, entry.key.text) else {
                return nil
            }
            let fields = Fields(map, .field, self)
            let kind = fieldKind(fields)
            return kind.map { EventField(id: id, kind: $0, isRequired: fields.flag("required")) }
        }
    }

    /// A field is read in conditions as `event.<id>`, so it has no dots and dashes.
    func fieldID(_ key: Scalar) -> String? {
        if isID(key.text), !key.text.contains("."), !key.text.contains("-"),
            !(key.text.first?.isNumber ?? true)
        {
            return key.text
        }
        report(.malformedFieldID(key))
        return nil
    }

    private func fieldKind(_ fields: Fields) -> EventField.Kind? {
        guard let type = fields.choice("type", EventFieldType.self) else { return nil }
        if type != .choice, let choices = fields.node("choices") {
            report(.choicesWithoutChoice(at: choices.place))
        }
        switch type {
        case .text: return .text
        case .number: return .number
        case .whole: return .whole
        case .flag: return .flag
        case .instant: return .instant
        case .choice:
            return .choice(fields.someTexts("choices"))
        }
    }

    func eventField(_ node: Node, _ key: String, of event: String, in noun: String) -> String? {
        let ids = (names.eventFields[event] ?? []).map(\.id)
        return reference(node, key, .unknownEventField, "field of `\(event)`", among: ids, nil, of: noun)
    }

    /// The field whose text names the feature.
    private func featureField(_ node: Node, of event: String) -> String? {
        let id = eventField(node, "feature", of: event, in: "event")
        guard let id, let field = names.eventFields[event]?.first(where: { $0.id == id }) else { return id }
        switch field.kind {
        case .text, .choice: break
        case .number, .whole, .flag, .instant: report(.featureIsNoText(id, field.kind, at: node.place))
        }
        return id
    }

    /// A call belongs to one event: the first that claims it would get it.
    private func segmentCall(_ map: MapNode, of event: String) -> SegmentMapping? {
        guard let mapping = segmentMapping(map) else { return nil }
        let place = map.entries.first?.value.place ?? map.place
        if isInEarnest, let first = claimedCalls[mapping.call] {
            report(.callClaimedTwice(mapping.call, at: place, first: first))
        } else if isInEarnest {
            claimedCalls[mapping.call] = place
        }
        return mapping
    }

    private func segmentMapping(_ map: MapNode) -> SegmentMapping? {
        let fields = Fields(map, .segmentCall, self)
        guard let said = fields.only(of: ["track", "page", "screen"]) else { return nil }
        var adding: [String: String] = [:]
        for entry in fields.map("adding")?.entries ?? [] {
            adding[entry.key.text] = text(entry.value, entry.key.text)
        }
        if said == "track" {
            return fields.text("track").map { SegmentMapping(call: .track(name: $0), adding: adding) }
        }
        guard fields.flag(said) else {
            if let node = fields.node(said) { report(.wrongKind(said, wanted: "`true`", got: node)) }
            return nil
        }
        return SegmentMapping(call: said == "page" ? .page : .screen, adding: adding)
    }

    private func entityChange(_ map: MapNode, event: String) -> EntityChange? {
        let fields = Fields(map, .entityChange, self)
        let kind = fields.node("kind").flatMap { entityKind($0, "kind", of: "event") }
        let key = fields.node("key").flatMap {
            eventField($0, "key", of: event, in: "entity change")
        }
        let sets = (fields.map("set")?.entries ?? []).compactMap { entry in
            entitySet(entry, kind: kind, event: event)
        }
        guard let kind, let key else { return nil }
        return EntityChange(kind: kind, keyField: key, sets: sets)
    }

    func entityKind(_ node: Node, _ key: String, of noun: String) -> String? {
        reference(node, key, .unknownEntity, "entity", among: outline.ids(.entity), .entity, of: noun)
    }

    private func entitySet(
        _ entry: MapNode.Entry, kind: String?, event: String
    ) -> (field: String, source: EntityChange.Source)? {
        guard let kind, let source = entitySource(entry.value, entry.key.text, event: event) else {
            return nil
        }
        let ids = (names.entityFields[kind] ?? []).map(\.id)
        let field = reference(
            .scalar(entry.key), "set", .unknownEntityField, "field of `\(kind)`", among: ids, nil,
            of: "entity change")
        if let declared = names.entityFields[kind]?.first(where: { $0.id == field }) {
            checkKind(source, declared, entry.value, event: event)
        }
        return field.map { ($0, source) }
    }

    /// A constant, `{field: priority}` or `{time: true}`.
    private func entitySource(_ node: Node, _ key: String, event: String) -> EntityChange.Source? {
        guard let map = node.map else { return constant(node, key).map { .constant($0) } }
        let fields = Fields(map, .entityValue, self)
        guard fields.only(of: ["field", "time"]) != nil else { return nil }
        if let field = fields.node("field") {
            return eventField(field, "field", of: event, in: "entity change").map { .field($0) }
        }
        return fields.flag("time") ? .occurred : nil
    }

    private func constant(_ node: Node, _ key: String) -> EntityValue? {
        guard let scalar = scalar(node, key, "a text, a number or a flag") else { return nil }
        guard scalar.style == .plain else { return .text(scalar.text) }
        if let flag = Bool(scalar.text) { return .flag(flag) }
        return PlainNumber.double(scalar.text).map { .number($0) } ?? .text(scalar.text)
    }
}
