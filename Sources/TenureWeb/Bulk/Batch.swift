import TenureCore

/// One thing to do at many accounts: shown first, then carried out once.
struct Batch: Hashable, Sendable {
    enum Action: Hashable, Sendable {
        case handOver(role: String, person: String)
        case start(play: String)
    }

    let id: String
    /// The teammate, or the program.
    let by: String
    let at: Instant
    let action: Action
    let accounts: [AccountID]
    /// nil: nobody has confirmed it.
    var begun: Begun?
    var result: Result?

    struct Begun: Hashable, Sendable {
        let at: Instant
        /// Who had the role then, by account: told by the facts alone that would be lost when a process ends half-way.
        let owners: [AccountID: String]
    }

    struct Result: Hashable, Sendable {
        let done: [AccountID]
        let skipped: [Receipt.Left]
    }

    static let accountsMax = 5_000
}

typealias Batches = KeptRows<Batch>
