import TenureCore
import TenureStore
import Testing

/// What every state store promises, whatever it is made of.
@Suite(.temporaryFolders) struct StoreContractTests {
    @Test(arguments: StoreBackend.all)
    func `a new store stands at zero and holds nothing`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        #expect(try store.committedPosition() == 0)
        #expect(try store.decisions(after: nil, limit: 10).isEmpty)
        #expect(try store.outbox(OutboxQuery()).isEmpty)
        #expect(try store.setting("zone") == nil)
        #expect(try store.decisionDigests(from: 0).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `the position is the newest commit's and survives reopening`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        try bed.store.commit(commit(1))
        try bed.store.commit(commit(7) { $0.settings = [("zone", "Europe/Paris")] })
        #expect(try bed.store.committedPosition() == 7)
        let again = try bed.reopened()
        #expect(try again.committedPosition() == 7)
        #expect(try again.setting("zone") == "Europe/Paris")
    }

    @Test(arguments: StoreBackend.all)
    func `a commit never goes back, and leaves nothing behind when refused`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        try store.commit(commit(5))
        #expect(throws: StorageFailure.self) {
            try store.commit(
                commit(4) {
                    $0.settings = [("a", "1")]
                    $0.outbox = [message("m")]
                })
        }
        #expect(throws: StorageFailure.self) { try store.commit(commit(.max)) }
        #expect(try store.committedPosition() == 5)
        #expect(try store.setting("a") == nil)
        #expect(try store.outboxKeys().isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `a commit at the position reached saves rows but no decisions over recorded ones`(
        _ backend: StoreBackend
    ) throws {
        let store = try backend.make().store
        try store.commit(commit(5) { $0.decisions = [decision(5, 0)] })
        try store.commit(commit(5) { $0.settings = [("a", "1")] })
        #expect(try store.setting("a") == "1")
        #expect(throws: StorageFailure.self) {
            try store.commit(
                commit(5) {
                    $0.decisions = [decision(5, 1)]
                    $0.settings = [("a", "2")]
                })
        }
        #expect(try store.setting("a") == "1")
        #expect(try store.decisions(after: nil, limit: 9).count == 1)
    }

    @Test(arguments: StoreBackend.all)
    func `decisions out of order refuse the whole commit`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let wrong = [
            [decision(1, 1), decision(1, 0)], [decision(1, 0), decision(1, 0)], [decision(2, 0)],
            [decision(1, -1)],
        ]
        for rows in wrong {
            #expect(throws: StorageFailure.self) { try store.commit(commit(1) { $0.decisions = rows }) }
        }
        #expect(try store.committedPosition() == 0)
        #expect(try store.decisions(after: nil, limit: 9).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `decisions are read by account newest first and by place oldest first`(_ backend: StoreBackend)
        throws
    {
        let store = try backend.make().store
        let rows = [
            decision(1, 0), decision(1, 1, bert), decision(2, 0), decision(2, 1), decision(3, 0, bert),
        ]
        for position: UInt64 in 1...3 {
            let own = rows.filter { $0.place.position == position }
            try store.commit(commit(position) { $0.decisions = own })
        }
        #expect(try store.decisions(account: anna, before: nil, limit: 2) == [rows[3], rows[2]])
        #expect(try store.decisions(account: anna, before: rows[3].place, limit: 9) == [rows[2], rows[0]])
        #expect(try store.decisions(account: anna, before: rows[0].place, limit: 9).isEmpty)
        #expect(try store.decisions(after: nil, limit: 3) == Array(rows[..<3]))
        #expect(try store.decisions(after: rows[2].place, limit: 9) == Array(rows[3...]))
        #expect(try store.decisions(after: rows[4].place, limit: 9).isEmpty)
        #expect(try store.decisions(after: nil, limit: 0).isEmpty)
        #expect(try store.decisions(after: nil, limit: -1).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `digests are kept for positions with decisions, whole 64 bits`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        try bed.store.commit(
            commit(1) {
                $0.decisions = [decision(1, 0)]
                $0.decisionsDigest = .max
            })
        try bed.store.commit(commit(2) { $0.decisionsDigest = 5 })
        try bed.store.commit(
            commit(3) {
                $0.decisions = [decision(3, 0)]
                $0.decisionsDigest = 0x8000_0000_0000_0001
            })
        let store = try bed.reopened()
        let all = try store.decisionDigests(from: 1)
        #expect(all.map(\.position) == [1, 3])
        #expect(all.map(\.digest) == [.max, 0x8000_0000_0000_0001])
        #expect(try store.decisionDigests(from: 2).map(\.position) == [3])
        #expect(try store.decisionDigests(from: 4).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `a checkpoint is overwritten by a newer one only`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        let first = Checkpoint(account: bert, position: 3, bytes: [3])
        try bed.store.commit(commit(3) { $0.checkpoints = [first] })
        let older = Checkpoint(account: bert, position: 2, bytes: [2])
        let other = Checkpoint(account: anna, position: 4, bytes: Array(repeating: 7, count: 20_000))
        try bed.store.commit(commit(4) { $0.checkpoints = [older, other] })
        #expect(try found(bed.store) == [other, first])
        let newer = Checkpoint(account: bert, position: 5, bytes: [])
        try bed.store.commit(commit(5) { $0.checkpoints = [newer] })
        #expect(try found(bed.reopened()) == [other, newer])
    }

    @Test(arguments: StoreBackend.all)
    func `more checkpoints than a page are each read once, and the store may be used meanwhile`(
        _ backend: StoreBackend
    ) throws {
        let store = try backend.make().store
        let all = (0..<600).map {
            Checkpoint(account: AccountID("acc_\(padded($0, 4))"), position: 1, bytes: [1])
        }
        try store.commit(commit(1) { $0.checkpoints = all })
        var read: [Checkpoint] = []
        try store.checkpoints { checkpoint in
            read.append(checkpoint)
            let position = try store.committedPosition()
            #expect(position == 1)
        }
        #expect(read == all)
    }

    private func found(_ store: any StateStore) throws -> [Checkpoint] {
        var all: [Checkpoint] = []
        try store.checkpoints { all.append($0) }
        return all
    }
}
