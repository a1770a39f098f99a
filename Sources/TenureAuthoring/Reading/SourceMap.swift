/// Where each definition was written, kept beside the values.
package struct SourceMap: Sendable {
    /// A definition by its kind and id; steps are `play/step`, components `group.component`.
    package struct Key: Hashable, Sendable {
        package var kind: DefinitionKind
        package var id: String

        package init(_ kind: DefinitionKind, _ id: String) {
            self.kind = kind
            self.id = id
        }
    }

    /// A requirement that a definition carries.
    package struct Carried: Hashable, Sendable {
        package var requirement: String
        package var by: Key
    }

    private var places: [Key: Place] = [:]
    /// In the order of reading.
    package private(set) var requirements: [Carried] = []

    /// Where the values of each test's `golden` stand, in their order.
    package private(set) var goldens: [String: [Place]] = [:]

    package subscript(kind: DefinitionKind, id: String) -> Place? { places[Key(kind, id)] }

    mutating func add(_ kind: DefinitionKind, _ id: String, at place: Place) { places[Key(kind, id)] = place }

    mutating func add(goldenOf test: String, at place: Place) { goldens[test, default: []].append(place) }

    mutating func carry(_ requirements: [String], by kind: DefinitionKind, _ id: String) {
        self.requirements += requirements.map { Carried(requirement: $0, by: Key(kind, id)) }
    }
}

/// The kinds of things that a programme defines; the raw value is what a message calls one.
package enum DefinitionKind: String, Hashable, Sendable, CaseIterable {
    case programme
    case calendar
    case role
    case tier
    case segment
    case accountField = "account field"
    case event
    case feature
    case entity
    case metric
    case health
    case group = "health group"
    case component = "health component"
    case cap
    case band
    case sla = "SLA"
    case clock
    case kpi = "KPI"
    case signal
    case play
    case step
    case message
    case scenario = "test"

    var withArticle: String {
        switch self {
        case .accountField, .event, .entity, .sla: "an \(rawValue)"
        case .programme, .calendar, .role, .tier, .segment, .feature, .metric, .group, .component, .cap,
            .band, .clock, .kpi, .signal, .play, .step, .message, .scenario:
            "a \(rawValue)"
        case .health: rawValue
        }
    }
}
