import TenureCore
package import TenureProgramme

/// A programme with every kind of measure, entity, judgement and cap, small enough to be read.
package func workshop(zone: String = "Europe/Rome") throws -> Programme {
    var programme = Programme(id: "workshop", title: "Workshop")
    programme.zone = zone
    programme.features = ["boards", "reports", "alerts"].map {
        Feature(id: $0, title: $0, isKey: $0 == "boards", isAdvanced: $0 == "alerts")
    }
    programme.accountFields = [AccountField(id: "stage", title: "Stage", kind: .text)]
    programme.events = workshopEvents()
    programme.entities = [invoices()]
    programme.slas = [try payments()]
    programme.metrics = try workshopMetrics()
    programme.health = try workshopHealth()
    return programme
}

private func workshopEvents() -> [EventType] {
    var session = EventType(type: "session.started", title: "Session")
    session.isActivity = true
    session.fields = [EventField(id: "minutes", kind: .number, isRequired: false)]
    var use = EventType(type: "feature.used", title: "Use of a feature")
    use.isActivity = true
    use.featureField = "feature"
    var error = EventType(type: "error.logged", title: "Error")
    error.fields = [
        EventField(id: "latency", kind: .number, isRequired: false),
        EventField(id: "severity", kind: .text, isRequired: false),
    ]
    var invoice = EventType(type: "invoice.updated", title: "Invoice")
    invoice.entity = EntityChange(
        kind: "invoice", keyField: "invoice",
        sets: [
            ("amount", .field("amount")), ("status", .field("status")), ("due_at", .field("due_at")),
            ("seen_at", .occurred), ("kind", .constant(.text("bill"))),
        ])
    return [session, use, error, invoice, EventType(type: "meeting.held", title: "Meeting")]
}

private func invoices() -> EntityKind {
    var kind = EntityKind(id: "invoice", title: "Invoice")
    kind.fields = [
        EventField(id: "amount", kind: .number, isRequired: false),
        EventField(id: "status", kind: .text, isRequired: false),
        EventField(id: "due_at", kind: .instant, isRequired: false),
        EventField(id: "seen_at", kind: .instant, isRequired: false),
        EventField(id: "kind", kind: .text, isRequired: false),
    ]
    kind.closedField = "status"
    kind.closedValues = ["paid"]
    return kind
}

/// One clock that events start anew and end, one that a date starts and a status stops.
private func payments() throws -> SLA {
    let isPaid = #"status == "paid""#
    var seen = SLAClock(
        id: "seen", title: "Seen", starts: "seen_at",
        ending: .event(EventFilter(event: "invoice.updated", when: try condition("event." + isPaid))))
    seen.targets = [
        SLATarget(when: try condition(#"account.stage == "a""#), within: Span(90, .minutes)),
        SLATarget(when: try condition("entity.amount > 50.0"), within: Span(3, .days)),
    ]
    var due = SLAClock(id: "due", title: "Due", starts: "due_at", ending: .when(try condition("entity." + isPaid)))
    due.runsIn = ("status", ["open"])
    due.reopens = true
    due.targets = [SLATarget(when: nil, within: Span(26, .hours))]
    var sla = SLA(id: "payments", title: "Payments", entity: "invoice")
    sla.clocks = [seen, due]
    return sla
}

private func workshopMetrics() throws -> [Metric] {
    let sessions = EventSum(filter: EventFilter(event: "session.started"))
    let minutes = EventSum(
        filter: EventFilter(event: "session.started"), value: try condition("event.minutes"))
    let severe = EventSum(
        filter: EventFilter(event: "error.logged", when: try condition(#"event.severity == "high""#)))
    let latency = EventSum(filter: EventFilter(event: "error.logged"), value: try condition("event.latency"))
    let severity = try condition("event.severity")
    let steps = ["poor": 10.0, "fair": 50, "strong": 90].sorted { $0.key < $1.key }
        .map { GradeStep(id: $0.key, title: $0.key, points: $0.value) }
    return [
        metric("logins", .sum(sessions), [0, 7, 30]), metric("minutes", .sum(minutes), [7, 30]),
        metric("users", .activeMembers, [7, 30]), metric("stickiness", .stickiness, [28]),
        metric("days", .activeDays, [28]), metric("weeks", .activeWeeks),
        metric("breadth", .featureBreadth(FeatureUse(scope: .all, usesMin: 2, daysMin: 2)), [28]),
        metric("boards", .featureUses(feature: "boards"), [30]),
        metric("errors", .ratio(severe, sessions, scale: 1000), [0, 7]), metric("latency", .last(latency)),
        metric("quiet", .daysSince(EventFilter(event: "session.started"))),
        metric("age", .daysSinceFirst(EventFilter(event: "session.started"))),
        metric("slow", .percentile(latency, fraction: 0.95), [30]),
        metric("unpaid", .entities(try invoiceMeasure(.count))),
        metric("owed", .entities(try invoiceMeasure(.sum, "entity.amount"))),
        metric("overdue", .entities(try invoiceMeasure(.max, #"days_since("due_at")"#))),
        metric(
            "growth",
            .change(
                of: MetricReference(metric: "logins", windowDays: 7),
                guard: ChangeGuard(baseMin: 1, significanceMin: 0, differenceMin: 0)), [7]),
        metric("severities", .distinct(DistinctMeasure(filter: EventFilter(event: "error.logged"), of: severity)), [0, 30]),
        metric("visitors", .distinct(DistinctMeasure(filter: sessions.filter, of: nil, isNew: true)), [7]),
        metric(
            "shared",
            .distinct(DistinctMeasure(filter: EventFilter(event: "error.logged"), of: severity, membersMin: 2)), [28]),
        metric("worst", .newestOfEach(NewestMeasure(sum: latency, each: severity, aggregate: .max)), [30]),
        metric("rounded", .newestOfEach(NewestMeasure(sum: latency, each: nil, aggregate: .mean, isRounded: true)), [60]),
        metric("paid", .attainment(SLAName("payments")), [30]), metric("month", .monthSum(minutes)), metric("idle", .daysSinceUse),
        fading("fading", .sum(minutes), [30]), fading("fading.errors", .ratio(severe, sessions, scale: 1), [14]),
        metric("relationship", .grade(scale: steps)),
        metric("mixed", .expression(try condition(#"m("quiet") * 2.0 + m("unpaid")"#))),
    ]
}

private func metric(_ id: String, _ measure: Measure, _ windows: [Int] = []) -> Metric {
    var metric = Metric(id: id, measure: measure)
    metric.windows = windows
    return metric
}

private func fading(_ id: String, _ measure: Measure, _ windows: [Int]) -> Metric {
    var metric = metric(id, measure, windows)
    metric.halfLifeDays = 7
    return metric
}

private func invoiceMeasure(
    _ aggregate: EntityMeasure.Aggregate, _ value: String? = nil
) throws -> EntityMeasure {
    EntityMeasure(
        kind: "invoice", aggregate: aggregate, value: try value.map { try condition($0) },
        when: try condition(#"entity.status != "paid""#))
}

private func workshopHealth() throws -> HealthModel {
    var model = HealthModel(id: "overall")
    model.coverageFloor = 20
    model.groups = [
        group("use", 45, [("logins", "logins", 30), ("users", "users", 7), ("breadth", "breadth", 28)]),
        group("trust", 30, [("errors", "errors", 7), ("slow", "slow", 30), ("owed", "owed", nil)]),
        group("people", 25, [("relationship", "relationship", nil), ("quiet", "quiet", nil)]),
    ]
    model.caps = [
        HealthCap(
            id: "escalated", title: "Escalated", when: try condition(#"flag("escalated")"#), pointsMax: 40),
        HealthCap(
            id: "nobody", title: "Nobody to talk to",
            when: try condition(#"contact("sponsor").days_since_touch > 60"#),
            pointsMax: 70),
    ]
    model.bands = [
        HealthBand(id: "good", title: "Good", from: 70, tone: .good),
        HealthBand(id: "watch", title: "Watch", from: 40, tone: .warning),
        HealthBand(id: "risk", title: "At risk", from: 0, tone: .critical),
    ]
    return model
}

private func group(
    _ id: String, _ weight: Int64, _ parts: [(id: String, metric: String, window: Int?)]
) -> HealthGroup {
    HealthGroup(
        id: id, title: id, weight: weight,
        components: parts.enumerated().map { place, part in
            HealthComponent(
                id: part.id, title: part.id, weight: Int64(3 + place * 4),
                metric: MetricReference(metric: part.metric, windowDays: part.window),
                curve: part.id == "relationship" ? .identity : falling(part.id))
        })
}

private func falling(_ id: String) -> Curve {
    switch id {
    case "errors", "slow", "owed", "quiet":
        .linear([
            CurvePoint(value: 0, points: 100), CurvePoint(value: 37, points: 40),
            CurvePoint(value: 900, points: 0),
        ])
    case _:
        .linear([
            CurvePoint(value: 0, points: 5), CurvePoint(value: 3, points: 55),
            CurvePoint(value: 20, points: 100),
        ])
    }
}
