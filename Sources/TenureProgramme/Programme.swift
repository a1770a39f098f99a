package import TenureCore

/// How one vendor works, as values: everything that a folder of definitions says, checked and resolved.
///
/// Where each definition was written is kept beside it by the reader, never in here.
package struct Programme: Sendable {
    package var id: String
    package var title: String
    package var version: Int
    /// Whether the day of the anchor is counted as day 0 or day 1.
    package var dayOne: Int
    /// The zone of accounts that name none.
    package var zone: String
    /// Three-letter code of the reporting currency.
    package var currency: String
    /// How recurring revenue is counted.
    package var revenue: RevenueTerms
    /// What an account shows for itself and the accounts below it.
    package var rollUps: [FamilyRollUp]
    /// Whether what follows this version must be approved by another person than the one who proposes it.
    package var needsApproval: Bool
    package var calendars: [BusinessCalendar]
    package var roles: [Role]
    package var tiers: [Choice]
    package var segments: [Segment]
    package var accountFields: [AccountField]
    package var events: [EventType]
    package var features: [Feature]
    package var entities: [EntityKind]
    package var metrics: [Metric]
    package var slas: [SLA]
    package var kpis: [KPI]
    package var health: HealthModel
    package var signals: [Signal]
    package var plays: [Play]
    package var messages: [MessageTemplate]
    package var scenarios: [Scenario]
    /// Metric references (`users.active.30d`) that account pages show, in order.
    package var shown: [MetricReference]

    package init(id: String, title: String) {
        self.id = id
        self.title = title
        version = 1
        dayOne = 0
        zone = "UTC"
        currency = "USD"
        revenue = RevenueTerms()
        rollUps = []
        needsApproval = false
        calendars = []
        roles = []
        tiers = []
        segments = []
        accountFields = []
        events = []
        features = []
        entities = []
        metrics = []
        slas = []
        kpis = []
        health = HealthModel(id: "overall")
        signals = []
        plays = []
        messages = []
        scenarios = []
        shown = []
    }
}

/// A part somebody of the vendor's team plays at an account (`csm`), or once for the whole workspace (`executive`).
package struct Role: Hashable, Sendable {
    package var id: String
    package var title: String
    /// True: one person or mailbox for the whole workspace; false: named on each account.
    package var isTeamWide: Bool

    package init(id: String, title: String, isTeamWide: Bool) {
        self.id = id
        self.title = title
        self.isTeamWide = isTeamWide
    }
}

package struct Choice: Hashable, Sendable {
    package var id: String
    package var title: String

    package init(id: String, title: String) {
        self.id = id
        self.title = title
    }
}

/// The first segment whose condition holds is the account's.
package struct Segment: Sendable {
    package var id: String
    package var title: String
    package var when: Condition

    package init(id: String, title: String, when: Condition) {
        self.id = id
        self.title = title
        self.when = when
    }
}

/// A field of the account that conditions may read as `account.<id>`. Declared but empty is null.
package struct AccountField: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case text, number, whole, money, flag, date, choice([String])
    }

    package var id: String
    package var title: String
    package var kind: Kind

    package init(id: String, title: String, kind: Kind) {
        self.id = id
        self.title = title
        self.kind = kind
    }
}

/// The ids of the requirements that a definition carries, as `MAE-45`.
package typealias RequirementIDs = [String]
