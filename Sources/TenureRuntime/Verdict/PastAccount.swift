package import TenureCore

/// One thing that was told of an account in the past, with the moment from which it was known.
package struct PastFact: Sendable {
    package var recorded: Instant
    package var arrival: Arrival

    package init(recorded: Instant, arrival: Arrival) {
        self.recorded = recorded
        self.arrival = arrival
    }
}

/// An account with all that was ever told of it.
package struct PastAccount: Sendable {
    /// The vendor's own id.
    package let external: String
    /// Name of the zone in which its days begin; nil: the programme's.
    package let zone: String?
    /// In the order in which they became known; the account's own record is first among those of one moment.
    package let facts: [PastFact]

    package init(external: String, zone: String?, facts: [PastFact]) {
        self.external = external
        self.zone = zone
        let ordered = facts.enumerated().sorted { left, right in
            let isRecord = (left.element.isRecord, right.element.isRecord)
            return left.element.recorded != right.element.recorded
                ? left.element.recorded < right.element.recorded
                : isRecord.0 != isRecord.1 ? isRecord.0 : left.offset < right.offset
        }
        self.facts = ordered.map(\.element)
    }
}

extension PastFact {
    fileprivate var isRecord: Bool { arrival.type == FactType.accountChanged }
}
