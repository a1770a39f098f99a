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
        // Places are sorted rather than facts, which are large.
        let keys = facts.map { ($0.recorded, $0.isRecord ? 0 : 1) }
        self.facts = facts.indices.sorted { (keys[$0].0, keys[$0].1, $0) < (keys[$1].0, keys[$1].1, $1) }.map { facts[$0] }
    }
}

extension PastFact {
    fileprivate var isRecord: Bool { arrival.type == FactType.accountChanged }
}
