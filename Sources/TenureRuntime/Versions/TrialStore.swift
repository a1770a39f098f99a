import TenureCore
import TenureStore

/// A store as it is, on which a commit changes nothing: what it would have recorded is handed over to be looked at.
final class TrialStore: StoreInFront {
    private let store: any StateStore
    private let offered: ProgrammeRow?
    private let look: @Sendable (Commit) throws -> Void

    /// - Parameter offered: a version that is not kept yet.
    init(_ store: any StateStore, offered: ProgrammeRow? = nil, look: @escaping @Sendable (Commit) throws -> Void) {
        self.store = store
        self.offered = offered
        self.look = look
    }

    func commit(_ commit: Commit) throws { try look(commit) }
    func programme(_ number: Int) throws -> ProgrammeRow? {
        if let offered, number == offered.number { return offered }
        return try store.programme(number)
    }

    func behind() -> any StateStore { store }
    func idempotentAnswer(principal: String, key: String) -> IdempotentAnswer? { nil }
    func claimOutbox(due: Instant, limit: Int) -> [OutboxRow] { [] }
    func settle(_ settlements: [OutboxSettlement]) {}
    func tidy() {}
}
