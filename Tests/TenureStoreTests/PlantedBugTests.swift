import TenureCore
import TenureStore
import Testing

/// The contract must be able to fail: stores with a bug on purpose are caught by it.
@Suite(.temporaryFolders) struct PlantedBugTests {
    private let contract = StoreContractTests()

    @Test func `a store that drops the position from a commit is caught`() {
        let backend = BuggyStore.backend(.dropsPosition)
        withKnownIssue { try contract.`the position is the newest commit's and survives reopening`(backend) }
    }

    @Test func `a store that writes a commit in two steps is caught`() {
        let backend = BuggyStore.backend(.writesInTwoSteps)
        withKnownIssue {
            try contract.`a commit never goes back, and leaves nothing behind when refused`(backend)
        }
    }

    @Test func `a store that hands a row to two dispatchers is caught`() {
        let backend = BuggyStore.backend(.claimsWithoutMarking)
        withKnownIssue { try contract.`due rows are claimed in due order, once`(backend) }
    }

    @Test func `a store that settles rows nobody claimed is caught`() {
        let backend = BuggyStore.backend(.settlesAnything)
        withKnownIssue {
            try contract.`settling records the fate of rows being sent, and only of those`(backend)
        }
    }

    @Test func `a store that forgets who was written to is caught`() {
        let backend = BuggyStore.backend(.forgetsArrivals)
        withKnownIssue { try contract.`what an address got or may have got is kept, one place a message`(backend) }
    }

    @Test func `the store around the bugs keeps the contract without them`() throws {
        let backend = BuggyStore.backend(nil)
        try contract.`the position is the newest commit's and survives reopening`(backend)
        try contract.`a commit never goes back, and leaves nothing behind when refused`(backend)
        try contract.`due rows are claimed in due order, once`(backend)
        try contract.`settling records the fate of rows being sent, and only of those`(backend)
        try contract.`what an address got or may have got is kept, one place a message`(backend)
    }
}

/// A memory store with one bug.
private final class BuggyStore: StoreInFront {
    enum Bug {
        case dropsPosition
        case writesInTwoSteps
        case claimsWithoutMarking
        case settlesAnything
        case forgetsArrivals
    }

    private let bug: Bug?
    private let store = MemoryStore()

    init(_ bug: Bug?) { self.bug = bug }

    static func backend(_ bug: Bug?) -> StoreBackend {
        StoreBackend(name: "with a bug") {
            let store = BuggyStore(bug)
            return StoreBed(store) { store }
        }
    }

    func commit(_ commit: Commit) throws {
        var changed = commit
        if bug == .dropsPosition { changed.position = store.committedPosition() }
        if bug == .writesInTwoSteps {
            var early = Commit(position: store.committedPosition(), now: commit.now)
            early.settings = commit.settings
            try store.commit(early)
        }
        try store.commit(changed)
    }

    func claimOutbox(due: Instant, limit: Int) -> [OutboxRow] {
        guard bug == .claimsWithoutMarking else { return store.claimOutbox(due: due, limit: limit) }
        var query = OutboxQuery()
        query.states = [.queued]
        return Array(store.outbox(query).filter { $0.due <= due }.prefix(limit))
    }

    func settle(_ settlements: [OutboxSettlement]) {
        if bug == .settlesAnything { _ = store.claimOutbox(due: Instant(milliseconds: .max), limit: .max) }
        store.settle(settlements)
    }

    func arrivals(at address: String, since: Instant, limit: Int) -> [OutboxArrival] {
        bug == .forgetsArrivals ? [] : store.arrivals(at: address, since: since, limit: limit)
    }

    func behind() -> any StateStore { store }
}
