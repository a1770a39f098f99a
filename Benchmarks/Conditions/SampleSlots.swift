import CEL

/// The slots of a condition, answered from a sample: as the engine answers them, by a binding for each slot.
struct SampleSlots: SlotSource {
    let fields: [Field]
    let sample: Sample

    func value(at slot: Int) -> Value { value(fields[slot]) ?? .unknown(slot: slot) }

    /// nil: unknown.
    private func value(_ field: Field) -> Value? {
        switch field {
        case .tenureDays: sample.tenureDays.map { .int($0) }
        case .score: sample.score.map { .int($0) }
        case .drop: sample.drop.map { .double($0) }
        case .change: sample.change.map { .double($0) }
        case .breadth: sample.breadth.map { .double($0) }
        case .criticalTickets: sample.criticalTickets.map { .double($0) }
        case .escalations: sample.escalations.map { .double($0) }
        case .isSponsorVacant: sample.isSponsorVacant.map { .bool($0) }
        case .sponsorTouches: sample.sponsorTouches.map { .double($0) }
        case .isActivated: sample.isActivated.map { .bool($0) }
        case .daysSinceProgress: sample.daysSinceProgress.map { .double($0) }
        case .daysUntilTermEnd: sample.daysUntilTermEnd.map { .int($0) }
        case .licenceUse: sample.licenceUse.map { .double($0) }
        case .limitUse: sample.limitUse.map { .double($0) }
        case .nps: sample.nps.map { .double($0) }
        case .uptime: sample.uptime.map { .double($0) }
        case .coverage: sample.coverage.map { .double($0) }
        case .willingness: sample.willingness.map { .double($0) }
        case .mode: sample.mode.map { .string($0) } ?? .null
        case .segment: sample.segment.map { .string($0) } ?? .null
        case .wantsAlerts: sample.wantsAlerts.map { .bool($0) } ?? .null
        case .isReference: sample.isReference.map { .bool($0) } ?? .null
        }
    }
}

/// What a slot stands for, by the way that conditions write it.
enum Field: String, CaseIterable, Sendable {
    case tenureDays = "account.tenure_days"
    case score = "health.score"
    case drop = "health.drop_7d_percent"
    case change = "health.change_7d"
    case breadth = #"m("features.breadth.30d")"#
    case criticalTickets = #"m("tickets.open_critical")"#
    case escalations = #"m("support.escalated_open")"#
    case isSponsorVacant = #"m("sponsor.vacant")"#
    case sponsorTouches = #"m("sponsor.touches.60d")"#
    case isActivated = #"m("onb.activated")"#
    case daysSinceProgress = #"m("onb.days_since_progress")"#
    case daysUntilTermEnd = #"days_until("term_end")"#
    case licenceUse = #"m("users.licence_utilisation")"#
    case limitUse = #"m("limit.utilisation")"#
    case nps = #"m("nps.90d")"#
    case uptime = #"m("uptime.pct.30d")"#
    case coverage = #"m("rollout.coverage")"#
    case willingness = #"m("reference.willingness")"#
    case mode = "account.mode"
    case segment = "account.segment"
    case wantsAlerts = "account.at_risk_alerts"
    case isReference = "account.reference_customer"
}
