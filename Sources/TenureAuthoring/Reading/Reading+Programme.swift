import TenureCore
import TenureProgramme

extension Reading {
    /// Reads everything that the outline holds and puts it together.
    func programme(bodies: [String: MessageBody]) -> Programme {
        gatherNames()
        if outline.programme == nil { report(.noProgramme()) }
        var programme = outline.programme.map { header($0) } ?? Programme(id: "", title: "")
        programme.calendars = outline.all(.calendar).map { calendar($0) }
        programme.roles = outline.all(.role).map { role($0) }
        programme.tiers = outline.all(.tier).map { tier($0) }
        programme.segments = outline.all(.segment).compactMap { segment($0) }
        programme.accountFields = outline.all(.accountField).compactMap { accountField($0) }
        programme.events = outline.all(.event).map { event($0) }
        programme.features = outline.all(.feature).map { feature($0) }
        if let health = outline.health { programme.health = self.health(health) }
        programme.slas = outline.all(.sla).compactMap { sla($0) }
        programme.kpis = outline.all(.kpi).compactMap { kpi($0) }
        programme.signals = outline.all(.signal).compactMap { signal($0) }
        programme.plays = outline.all(.play).compactMap { play($0) }
        programme.scenarios = outline.all(.scenario).compactMap { scenario($0) }
        programme.shown = outline.shown.compactMap { metric($0, "show", of: "programme") }
        programme.messages = outline.all(.message).filter { $0.isOwn || usedMessages.contains($0.id) }
            .compactMap { message($0, bodies: bodies) }
        programme.metrics = keptMetrics()
        keepEntities(&programme)
        checkMetricCycles(programme.metrics)
        checkSignalCycles(programme)
        return programme
    }

    func header(_ map: MapNode) -> Programme {
        let fields = Fields(map, .programme, self)
        let id = fields.node("id").flatMap { self.id($0, "id") } ?? ""
        if let node = map["id"] { sources.add(.programme, id, at: node.place) }
        var programme = Programme(id: id, title: fields.text("title") ?? "")
        programme.version = fields.whole("version") ?? 1
        programme.dayOne = fields.whole("day_one") ?? 0
        programme.zone = fields.node("time_zone").flatMap { zone($0, "time_zone") } ?? "UTC"
        programme.currency = fields.node("currency").flatMap { currency($0) } ?? "USD"
        programme.revenue = fields.map("revenue").map { revenue($0) } ?? RevenueTerms()
        programme.rollUps = rollUps(fields.maps("roll_ups"))
        programme.needsApproval = fields.map("publishing").map { needsApproval($0) } ?? false
        _ = fields.requirements(.programme, id)
        return programme
    }

    private func needsApproval(_ map: MapNode) -> Bool {
        switch Fields(map, .publishing, self).choice("approval", PublishingApproval.self) {
        case .required: true
        case .notNeeded, nil: false
        }
    }

    func currency(_ node: Node) -> String? {
        guard let scalar = scalar(node, "currency", "a currency's code") else { return nil }
        let bytes = Array(scalar.text.utf8)
        if bytes.count == 3, bytes.allSatisfy({ (0x41...0x5A).contains($0) }) { return scalar.text }
        report(.malformedCurrency(scalar))
        return nil
    }

    /// The programme's own metrics, and those of the catalogue that something kept refers to.
    private func keptMetrics() -> [Metric] {
        var read: [String: Metric] = [:]
        for definition in outline.all(.metric) where definition.isOwn {
            read[definition.id] = metric(definition)
        }
        var next = 0
        while next < usedMetrics.count {
            let id = usedMetrics[next]
            next += 1
            if let definition = outline.find(.metric, id), !definition.isOwn { read[id] = metric(definition) }
        }
        return outline.all(.metric).compactMap { read[$0.id] }
    }

    /// The programme's own entities, and those of the catalogue that a kept metric or an SLA looks at. An event keeps
    /// its change only while somebody watches what it changes.
    private func keepEntities(_ programme: inout Programme) {
        let watched = Set(programme.metrics.compactMap(\.measure.entityKind) + programme.slas.map(\.entity))
        let kept = outline.all(.entity).filter { $0.isOwn || watched.contains($0.id) }
        programme.entities = kept.map { entity($0) }
        let ids = Set(kept.map(\.id))
        for index in programme.events.indices {
            if let kind = programme.events[index].entity?.kind, !ids.contains(kind) {
                programme.events[index].entity = nil
            }
        }
    }
}

extension Measure {
    fileprivate var entityKind: String? {
        switch self {
        case .entities(let measure): measure.kind
        case .sum, .monthSum, .distinct, .newestOfEach, .daysSinceUse, .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .ratio, .last,
            .daysSince,
            .daysSinceFirst, .activeWeeks, .percentile, .change, .grade, .attainment, .expression:
            nil
        }
    }
}
