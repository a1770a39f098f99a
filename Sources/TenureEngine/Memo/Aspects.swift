/// The parts of an account that change apart from each other and that conditions and metrics may read, besides metrics.
struct Aspects: OptionSet, Sendable {
    let rawValue: UInt16

    /// The account's local day: windows, and days until and since.
    static let day = Aspects(rawValue: 1 << 0)
    static let profile = Aspects(rawValue: 1 << 1)
    /// Contacts, and when somebody last heard from them.
    static let people = Aspects(rawValue: 1 << 2)
    static let grades = Aspects(rawValue: 1 << 3)
    static let flags = Aspects(rawValue: 1 << 4)
    static let entities = Aspects(rawValue: 1 << 5)
    /// The reading of the moment, and what was concluded of health.
    static let health = Aspects(rawValue: 1 << 6)
    static let signals = Aspects(rawValue: 1 << 7)
    static let plays = Aspects(rawValue: 1 << 8)
    /// Steps of the running play, of which each instance has its own.
    static let steps = Aspects(rawValue: 1 << 9)

    /// What became of entities that clocks look at.
    static let trails = Aspects(rawValue: 1 << 10)
    /// What was concluded of clocks.
    static let clocks = Aspects(rawValue: 1 << 11)

    static let count = 12

    var places: some Sequence<Int> { (0..<Self.count).lazy.filter { rawValue & (1 << $0) != 0 } }
}

extension Binding {
    /// What else than metrics it reads; a segment's condition is looked through by `Dependencies`.
    var aspects: Aspects {
        switch self {
        case .metric, .retired, .field, .entityField, .nothing: []
        case .account: .profile
        case .tenureDays, .daysUntil, .daysSince: [.profile, .day]
        case .health: [.health, .day]
        case .component, .group: .health
        case .flag: .flags
        case .grade: .grades
        case .signal(_, .open): .signals
        case .signal(_, .days_open): [.signals, .day]
        case .play: [.plays, .day]
        case .sla: .clocks
        case .contact: [.people, .day]
        case .step: .steps
        case .now, .entityDaysSince: .day
        }
    }
}
