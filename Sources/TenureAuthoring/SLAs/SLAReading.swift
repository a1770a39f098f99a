import TenureProgramme

extension Reading {
    func sla(_ definition: Definition) -> SLA? {
        let fields = Fields(definition.map, .sla, self)
        if definition.id.contains(".") { report(.dottedSLA(definition.id, at: definition.idPlace)) }
        let title = fields.text("title")
        let kind = fields.node("entity").flatMap { entityKind($0, "entity", of: "SLA") }
        let calendar = fields.node("calendar").flatMap { self.calendar($0, of: "SLA") }
        let context = SLAContext(id: definition.id, kind: kind ?? "", hasCalendar: fields.has("calendar"))
        let clocks = unique(fields.maps("clocks"), .clock, definition.id + ".") { map, id in
            promised(id, map, context)
        }
        let requirements = fields.requirements(.sla, definition.id)
        guard let title, let kind else { return nil }
        var sla = SLA(id: definition.id, title: title, entity: kind)
        (sla.calendar, sla.clocks, sla.requirements) = (calendar, clocks, requirements)
        return sla
    }

    /// What is read of each clock of one SLA.
    struct SLAContext {
        let id: String
        /// Empty: it is not known, for another mistake.
        let kind: String
        let hasCalendar: Bool
    }

    private func promised(_ id: String, _ map: MapNode, _ sla: SLAContext) -> SLAClock? {
        let fields = Fields(map, .clock, self)
        if id.contains(".") { report(.dottedSLA(id, at: map["id"]?.place ?? map.place)) }
        let title = fields.text("title")
        let starts = fields.node("starts").flatMap { start($0, sla) }
        let ending = ending(fields, sla)
        let runsIn = fields.map("runs_in").flatMap { self.runsIn($0, sla) }
        let reopens = fields.flag("reopens")
        let targets = targets(fields.maps("targets"), sla)
        guard let title, let starts, let ending else { return nil }
        var clock = SLAClock(id: id, title: title, starts: starts, ending: ending)
        (clock.runsIn, clock.reopens, clock.targets) = (runsIn, reopens, targets)
        return clock
    }

    private func start(_ node: Node, _ sla: SLAContext) -> String? {
        guard let field = entityField(node, "starts", sla) else { return nil }
        if field.kind != .instant { report(.startIsNoInstant(field, at: node.place)) }
        return field.id
    }

    private func entityField(_ node: Node, _ key: String, _ sla: SLAContext) -> EventField? {
        guard !sla.kind.isEmpty else { return nil }
        let fields = names.entityFields[sla.kind] ?? []
        let id = reference(
            node, key, .unknownEntityField, "field of `\(sla.kind)`", among: fields.map(\.id), nil, of: "clock")
        return fields.first { $0.id == id }
    }

    private func ending(_ fields: Fields, _ sla: SLAContext) -> SLAClock.Ending? {
        guard let said = fields.only(of: ["ends_on", "ends_when"]), !sla.kind.isEmpty else { return nil }
        guard said == "ends_on" else {
            let past = Vocabularies(names: names).past(sla.kind)
            let kinds = names.entityFields[sla.kind] ?? []
            return fields.condition("ends_when", past, about: kinds).map { .when($0) }
        }
        guard let node = fields.node("ends_on"), let filter = filter(node, "ends_on", of: "clock") else { return nil }
        let changed = outline.find(.event, filter.event)?.map["entity"]?.map?["kind"]?.scalar?.text
        let place = node.map?["event"]?.place ?? node.place
        if changed != sla.kind { report(.eventChangesOther(filter.event, than: sla.kind, at: place)) }
        return .event(filter)
    }

    private func runsIn(_ map: MapNode, _ sla: SLAContext) -> (field: String, values: [String])? {
        let fields = Fields(map, .runsIn, self)
        let field = fields.node("field").flatMap { entityField($0, "field", sla) }
        let values = fields.items("values").compactMap { node in runningValue(node, of: field) }
        return field.map { ($0.id, values) }
    }

    private func runningValue(_ node: Node, of field: EventField?) -> String? {
        if case .choice(let choices) = field?.kind { return choice(node, "values", of: choices) }
        return text(node, "values")
    }
}

// MARK: - Targets

extension Reading {
    private func targets(_ maps: [MapNode], _ sla: SLAContext) -> [SLATarget] {
        var earlier: [(place: Place, when: CheckedCondition?)] = []
        return maps.compactMap { map in
            let fields = Fields(map, .target, self)
            let vocabulary = Vocabularies(names: names).target(sla.kind)
            let when = sla.kind.isEmpty
                ? nil : fields.condition("when", vocabulary, about: names.entityFields[sla.kind] ?? [])
            if !sla.hasCalendar { checkCalendar(fields.node("within"), "SLA") }
            let within = fields.span("within")
            if fields.has("when"), when == nil { return nil }
            let target = (place: map.place, when: checked(fields.node("when")))
            // One that was found wanting says nothing of those behind it.
            if !fields.has("when") || target.when != nil {
                checkReach(target, behind: earlier)
                earlier.append(target)
            }
            return within.map { SLATarget(when: when, within: $0) }
        }
    }

    /// The first that holds is taken: behind one that holds whenever this one does, this one is none.
    private func checkReach(
        _ target: (place: Place, when: CheckedCondition?), behind earlier: [(place: Place, when: CheckedCondition?)]
    ) {
        let first = earlier.first { other in
            guard let condition = other.when else { return true }
            return target.when.map { ConditionProbe($0).implies(ConditionProbe(condition)) } ?? false
        }
        if let first { report(.unreachableTarget(at: target.place, behind: first.place)) }
    }

    /// An SLA, or one of its clocks.
    func slaName(_ node: Node, _ key: String, of noun: String) -> SLAName? {
        reference(node, key, .unknownSLA, "SLA", among: names.slaTexts, nil, of: noun).map { SLAName($0) }
    }
}
