/// A kind of event that the programme knows.
package struct EventType: Sendable {
    package var type: String
    package var title: String
    /// Counts as use of the product by a member.
    package var isActivity: Bool
    package var fields: [EventField]
    /// The field whose text names the feature used; nil when the event is no use of a feature.
    package var featureField: String?
    /// What the event changes in the account's open entities.
    package var entity: EntityChange?
    /// Segment calls that become this event.
    package var segment: [SegmentMapping]
    package var requirements: RequirementIDs

    package init(type: String, title: String) {
        self.type = type
        self.title = title
        isActivity = false
        fields = []
        featureField = nil
        entity = nil
        segment = []
        requirements = []
    }
}

/// A field of an event's `data`. Unknown fields are kept; known ones must have their kind.
package struct EventField: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case text, number, whole, flag, instant, choice([String])
    }

    package var id: String
    package var kind: Kind
    package var isRequired: Bool

    package init(id: String, kind: Kind, isRequired: Bool) {
        self.id = id
        self.kind = kind
        self.isRequired = isRequired
    }
}

/// `track("Report Exported")` → this event, with `feature: reports` put into its data.
package struct SegmentMapping: Hashable, Sendable {
    package enum Call: Hashable, Sendable {
        case track(name: String), page, screen
    }

    package var call: Call
    /// Constant fields added to the data.
    package var adding: [String: String]

    package init(call: Call, adding: [String: String]) {
        self.call = call
        self.adding = adding
    }
}

extension Programme {
    /// The event that a Segment call becomes, with what is added to its data; nil when no event claims it.
    package func event(for call: SegmentMapping.Call) -> (type: String, adding: [String: String])? {
        for event in events {
            if let mapping = event.segment.first(where: { $0.call == call }) { return (event.type, mapping.adding) }
        }
        return nil
    }
}

/// A part of the vendor's product whose adoption is watched. Undeclared names are counted, not remembered.
package struct Feature: Hashable, Sendable {
    package var id: String
    package var title: String
    package var isKey: Bool
    package var isAdvanced: Bool

    package init(id: String, title: String, isKey: Bool, isAdvanced: Bool) {
        self.id = id
        self.title = title
        self.isKey = isKey
        self.isAdvanced = isAdvanced
    }
}
