/// The top-level keys that a file may have.
enum Section: String, CaseIterable {
    case programme, calendars, roles, tiers, segments
    case accountFields = "account_fields"
    case show, events, features, entities, metrics, health, slas, kpis, signals, plays, messages, tests

    /// What the items of the section define; nil where it is no list of definitions.
    var kind: DefinitionKind? {
        switch self {
        case .programme, .show, .health: nil
        case .calendars: .calendar
        case .roles: .role
        case .tiers: .tier
        case .segments: .segment
        case .accountFields: .accountField
        case .events: .event
        case .features: .feature
        case .entities: .entity
        case .metrics: .metric
        case .slas: .sla
        case .kpis: .kpi
        case .signals: .signal
        case .plays: .play
        case .messages: .message
        case .tests: .scenario
        }
    }

    /// The key that names an item.
    var idKey: String { self == .events ? "type" : "id" }

    /// The catalogue is a vocabulary; how to judge and what to do is for a programme to say.
    var isForCatalogue: Bool {
        switch self {
        case .events, .entities, .metrics, .messages: true
        case .programme, .calendars, .roles, .tiers, .segments, .accountFields, .show, .features, .health,
            .slas, .kpis, .signals,
            .plays, .tests:
            false
        }
    }
}

/// One item of a section, named but not yet read.
struct Definition {
    var kind: DefinitionKind
    var id: String
    var idPlace: Place
    var map: MapNode
    /// False for what comes from the catalogue.
    var isOwn: Bool
}
