/// Things an account has several of, each with a life of its own: tickets, invoices, contracts, integrations.
/// Every field keeps its last value by (occurred, recorded, id), so facts may arrive in any order.
package struct EntityKind: Sendable {
    package var id: String
    package var title: String
    package var fields: [EventField]
    /// The field and its values that mean the entity is over; over for 91 days, it is forgotten.
    package var closedField: String?
    package var closedValues: [String]

    package init(id: String, title: String) {
        self.id = id
        self.title = title
        fields = []
        closedField = nil
        closedValues = []
    }
}

/// What an event does to one entity: find it by key, set fields from the event.
package struct EntityChange: Sendable {
    package enum Source: Hashable, Sendable {
        /// A field of the event's data.
        case field(String)
        /// The event's own time.
        case occurred
        case constant(EntityValue)
    }

    package var kind: String
    package var keyField: String
    /// Entity field id and where its value comes from, in order.
    package var sets: [(field: String, source: Source)]

    package init(kind: String, keyField: String, sets: [(field: String, source: Source)]) {
        self.kind = kind
        self.keyField = keyField
        self.sets = sets
    }
}

package enum EntityValue: Hashable, Sendable {
    case text(String), number(Double), flag(Bool)
}
