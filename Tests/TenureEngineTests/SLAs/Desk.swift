import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme

/// Tickets, of which a first reply is promised by priority, and at enterprises a resolution in business hours.
func desk() throws -> Programme {
    var programme = Programme(id: "desk", title: "Desk")
    programme.zone = "Europe/Rome"
    programme.calendars = [
        BusinessCalendar(
            id: "office", zone: nil, week: Array(repeating: [.init(opens: 540, closes: 1020)], count: 5) + [[], []],
            holidays: [])
    ]
    programme.events = ticketEvents()
    programme.entities = [tickets()]
    programme.slas = [try support()]
    programme.metrics = [Metric(id: "kept", measure: .attainment(SLAName("support.first_reply")))]
    programme.metrics[0].windows = [30]
    programme.signals = [
        Signal(id: "late", title: "Late", severity: .high, when: try condition(#"sla("support").breached > 0"#))
    ]
    return programme
}

private func ticketEvents() -> [EventType] {
    func event(_ type: String, _ sets: [(field: String, source: EntityChange.Source)]) -> EventType {
        var event = EventType(type: type, title: type)
        event.entity = EntityChange(kind: "ticket", keyField: "ticket", sets: sets)
        return event
    }
    let told: [(field: String, source: EntityChange.Source)] = [
        ("status", .field("status")), ("priority", .field("priority")),
    ]
    return [
        event("opened", told + [("opened_at", .occurred)]), event("changed", told),
        event("replied", [("replied_by", .field("by"))]),
    ]
}

private func tickets() -> EntityKind {
    var kind = EntityKind(id: "ticket", title: "Ticket")
    kind.fields = ["status", "priority", "replied_by"].map { EventField(id: $0, kind: .text, isRequired: false) }
    kind.fields.append(EventField(id: "opened_at", kind: .instant, isRequired: false))
    (kind.closedField, kind.closedValues) = ("status", ["solved"])
    return kind
}

private func support() throws -> SLA {
    let byAgent = EventFilter(event: "replied", when: try condition(#"event.by == "agent""#))
    var reply = SLAClock(id: "first_reply", title: "First reply", starts: "opened_at", ending: .event(byAgent))
    reply.targets = [
        SLATarget(when: try condition(#"entity.priority == "P1""#), within: Span(30, .minutes)),
        SLATarget(when: try condition(#"entity.priority == "P2""#), within: Span(2, .hours)),
    ]
    var resolution = SLAClock(
        id: "resolution", title: "Resolution", starts: "opened_at", ending: .when(try condition(#"entity.status == "solved""#)))
    resolution.runsIn = ("status", ["new", "open"])
    resolution.reopens = true
    resolution.targets = [
        SLATarget(when: try condition(#"account.tier == "enterprise""#), within: Span(4, .businessHours))
    ]
    var sla = SLA(id: "support", title: "Support", entity: "ticket")
    sla.calendar = "office"
    sla.clocks = [reply, resolution]
    return sla
}

/// So many minutes after Monday, 1 June 2026 at 10:00 in Rome.
func minute(_ count: Int64) -> Instant { instant("2026-06-01T08:00:00Z") + count * Milliseconds.minute }

extension Ledger {
    /// The account of that programme with one ticket of a priority, opened at minute 0.
    static func ofTicket(_ priority: String, _ change: (inout Programme) throws -> Void = { _ in }) throws -> Ledger {
        var programme = try desk()
        try change(&programme)
        var ledger = Ledger(programme)
        ledger.tell(0, "opened", ["priority": .string(priority), "status": "new"])
        return ledger
    }

    /// What happened to the ticket at that minute, and became known at another; nil: at once.
    @discardableResult
    mutating func tell(_ at: Int64, _ type: String, _ data: JSONObject, known: Int64? = nil) -> [Decision] {
        turn(minute(known ?? at), [Fact.ofTicket(at, type, data, known: known)])
    }

    func clock(_ id: String, of ticket: String = "T1") -> ClockState? {
        state.conclusions.clocks[ClockID(sla: "support", clock: id, key: ticket)]
    }

    /// What was decided of first replies, and at which minute.
    var replies: [String] {
        decisions.compactMap { decision in
            guard case .sla(let sla) = decision.what, sla.clock.id.clock == "first_reply" else { return nil }
            return "\(decision.what.kind) \((decision.at - minute(0)) / Milliseconds.minute)"
        }
    }
}

extension Fact {
    static func ofTicket(_ at: Int64, _ type: String, _ data: JSONObject, known: Int64? = nil) -> Fact {
        var data = data
        if data["ticket"] == nil { data["ticket"] = "T1" }
        return Fact(
            occurred: minute(at), recorded: minute(known ?? at), source: "desk", id: "\(type)-\(at)-\(data["ticket"]?.string ?? "")",
            account: "acc_1", type: type, member: nil, data: data)
    }
}
