/// The format's own shape: what of it is a definition or a part with a meaning. Titles, descriptions, colours and
/// `show` are words for people, the types of fields are checks of what arrives, and neither is here.
extension Removable {
    static let programme = Removable(
        lists: [
            .init("calendars", "calendar", id: "id", of: calendar),
            .init("roles", "role", id: "id", of: Removable(options: ["team"])),
            .init("tiers", "tier", id: "id"),
            .init("segments", "segment", id: "id"),
            .init("account_fields", "account field", id: "id"),
            .init("events", "event", id: "type", of: event),
            .init("features", "feature", id: "id", of: Removable(options: ["key", "advanced"])),
            .init("entities", "entity", id: "id", of: Removable(options: ["closed"])),
            .init("metrics", "metric", id: "id", of: metric),
            .init("slas", "SLA", id: "id", of: sla),
            .init("kpis", "KPI", id: "id", of: kpi),
            .init("signals", "signal", id: "id", of: signal),
            .init("plays", "play", id: "id", of: play),
            .init("messages", "message", id: "id"),
            .init("show", "shown metric", .shown),
        ],
        insides: [("health", health), ("programme", Removable(options: ["day_one"]))])

    private static let calendar = Removable(lists: [.init("holidays", "holiday")], entries: ["hours"])

    private static let event = Removable(
        options: ["activity", "feature", "entity"], lists: [.init("segment", "Segment call")],
        insides: [("entity", Removable(entries: ["set"]))])

    private static let metric = Removable(
        options: ["sample_min", "max_age"], lists: [.init("windows", "window", .clause)],
        insides: ["sum", "last", "days_since", "days_since_first", "percentile", "entities"].map {
            ($0, Removable(options: ["when"]))
        } + [
            ("ratio", Removable(insides: [("of", Removable(options: ["when"])), ("to", Removable(options: ["when"]))])),
            ("change", Removable(options: ["base_min", "significance_min", "difference_min"])),
        ])

    private static let sla = Removable(
        options: ["calendar"],
        lists: [
            .init(
                "clocks", "clock", id: "id",
                of: Removable(
                    options: ["runs_in", "reopens"], lists: [.init("targets", "target")],
                    insides: [("ends_on", Removable(options: ["when"]))]))
        ])

    private static let kpi = Removable(
        options: ["target", "trend"], lists: [.init("bands", "band of a KPI", id: "id")],
        insides: ["share", "count", "mean", "median", "sum"].map { ($0, Removable(options: ["among"])) }
            + [("trend", Removable(options: ["days", "within"])), ("ratio", Removable(options: ["scale", "round"]))])

    private static let signal = Removable(options: ["clear", "for", "cooldown"])

    private static let play = Removable(
        options: ["when", "calendar", "reentry"],
        lists: [
            .init("starts_on", "start"), .init("exits", "exit"),
            .init("steps", "step", id: "id", of: step),
        ])

    private static let step = Removable(
        options: ["owner", "when", "window", "done_when", "sign_off", "repeat", "required"],
        lists: [
            .init("after", "predecessor", .clause), .init("tasks", "task"),
            .init("do", "action", of: Removable(lists: [.init("to", "recipient")])),
            .init("overdue", "escalation"),
        ],
        insides: [("window", Removable(options: ["from", "opens", "due"]))])

    private static let health = Removable(
        options: ["coverage_floor", "group_coverage_floor", "hysteresis", "dwell_days"],
        lists: [
            .init(
                "groups", "health group", id: "id",
                of: Removable(lists: [
                    .init(
                        "components", "health component", id: "id",
                        of: Removable(insides: [("curve", Removable(lists: [.init("steps", "step of a curve", id: "id")]))]))
                ])),
            .init("caps", "cap", id: "id"), .init("bands", "band", id: "id"),
        ])
}
