import Dispatch
import Synchronization
import TenureCore
import TenureStore
import Testing

/// The outbox.
extension StoreContractTests {
    @Test(arguments: StoreBackend.all)
    func `due rows are claimed in due order, once`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        let rows = [
            message("c", due: 30), message("a", due: 10), message("b2", due: 20), message("b1", due: 20),
            message("late", due: 31), message("held", state: .held, due: 1),
            message("kept", state: .withheld, due: 1),
        ]
        try bed.store.commit(commit(1) { $0.outbox = rows })
        let first = try bed.store.claimOutbox(due: at(30), limit: 3)
        #expect(first.map(\.key) == ["a", "b1", "b2"])
        #expect(first.allSatisfy { $0.state == .sending })
        #expect(first[0].body == rows[1].body)
        let store = try bed.reopened()
        #expect(try store.claimOutbox(due: at(30), limit: 9).map(\.key) == ["c"])
        #expect(try store.claimOutbox(due: at(30), limit: 9).isEmpty)
        #expect(try store.outboxKeys { $0.states = [.sending] }.count == 4)
        #expect(try store.claimOutbox(due: at(99), limit: 0).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `threads that claim at once never get the same row`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        try bed.store.commit(commit(1) { $0.outbox = (0..<200).map { message("m\(padded($0, 3))") } })
        let claimed = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            while let keys = try? bed.store.claimOutbox(due: at(100), limit: 7).map(\.key), !keys.isEmpty {
                claimed.withLock { $0 += keys }
            }
        }
        #expect(claimed.withLock { $0.sorted() } == (0..<200).map { "m\(padded($0, 3))" })
    }

    @Test(arguments: StoreBackend.all)
    func `settling records the fate of rows being sent, and only of those`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        try bed.store.commit(commit(1) { $0.outbox = [message("a"), message("b"), message("c", due: 999)] })
        _ = try bed.store.claimOutbox(due: at(100), limit: 9)
        try bed.store.settle([
            OutboxSettlement(key: "a", state: .sent, attempts: 1, due: at(100), at: at(9), detail: "250 ok"),
            OutboxSettlement(key: "b", state: .queued, attempts: 1, due: at(500), at: at(9), detail: "421 later"),
            OutboxSettlement(key: "c", state: .sent, attempts: 1, due: at(0), at: at(9), detail: "never claimed"),
            OutboxSettlement(key: "unknown", state: .sent, attempts: 1, due: at(0), at: at(9), detail: ""),
        ])
        try bed.store.settle([
            OutboxSettlement(key: "a", state: .failed, attempts: 9, due: at(0), at: at(9), detail: "again")
        ])
        let store = try bed.reopened()
        let sent = try #require(try store.outbox(key: "a"))
        #expect(sent.state == .sent && sent.attempts == 1 && sent.detail == "250 ok")
        #expect(try store.outbox(key: "c")?.state == .queued)
        #expect(try store.claimOutbox(due: at(499), limit: 9).isEmpty)
        let retried = try store.claimOutbox(due: at(500), limit: 9)
        #expect(retried.map(\.key) == ["b"])
        #expect(retried.first?.attempts == 1)
    }

    @Test(arguments: StoreBackend.all)
    func `of rows that are due at once the older is claimed first`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        try store.commit(commit(1) { $0.outbox = [message("a", due: 9, created: 8), message("b", due: 9, created: 7)] })
        #expect(try store.claimOutbox(due: at(9), limit: 9).map(\.key) == ["b", "a"])
    }

    @Test(arguments: StoreBackend.all)
    func `what an address got or may have got is kept, one place a message`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        let outcomes: [(String, OutboxRow.State, Bool)] = [
            ("a", .sent, false), ("b", .queued, true), ("c", .queued, false), ("d", .failed, false), ("e", .sent, false),
        ]
        var rows = outcomes.map { message($0.0) }
        rows[4].channel = "chat"
        try bed.store.commit(commit(1) { $0.outbox = rows })
        _ = try bed.store.claimOutbox(due: at(100), limit: 9)
        try bed.store.settle(
            outcomes.enumerated().map { number, outcome in
                OutboxSettlement(
                    key: outcome.0, state: outcome.1, attempts: 1, due: at(100), at: at(Int64(200 + number)), detail: "",
                    mayHaveArrived: outcome.2)
            } + [OutboxSettlement(key: "never", state: .sent, attempts: 1, due: at(1), at: at(1), detail: "")])
        let store = try bed.reopened()
        let found = [OutboxArrival(key: "b", at: at(201)), OutboxArrival(key: "a", at: at(200))]
        #expect(try store.arrivals(at: "A@Example.com", since: at(0), limit: 9) == found)
        #expect(try store.arrivals(at: "a@example.com", since: at(201), limit: 9) == [found[0]])
        #expect(try store.arrivals(at: "a@example.com", since: at(0), limit: 1) == [found[0]])
        #expect(try store.arrivals(at: "b@example.com", since: at(0), limit: 9).isEmpty)
        _ = try store.claimOutbox(due: at(100), limit: 1)
        try store.settle([OutboxSettlement(key: "b", state: .sent, attempts: 2, due: at(100), at: at(300), detail: "")])
        #expect(try store.arrivals(at: "a@example.com", since: at(0), limit: 9).map(\.at) == [at(300), at(200)])
    }

    @Test(arguments: StoreBackend.all)
    func `a queued row that waits for later is looked at sooner, and no other`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let rows = OutboxRow.State.allCases.filter { $0 != .sending }.map { message($0.rawValue, state: $0, due: 900) }
        try store.commit(commit(1) { $0.outbox = rows + [message("soon", due: 60)] })
        try store.commit(commit(2) { $0.hastenings = (rows.map(\.key) + ["soon", "unknown"]).map { ($0, at(70), "sooner") } })
        #expect(try store.claimOutbox(due: at(70), limit: 9).map(\.key) == ["soon", "queued"])
        #expect(try store.outboxSteps(key: "queued", limit: 9).map(\.detail) == ["sooner"])
        #expect(try store.outboxSteps(key: "soon", limit: 9).isEmpty && store.outboxSteps(key: "sent", limit: 9).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `only rows not yet claimed are cancelled, and then never claimed`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let states = OutboxRow.State.allCases.filter { $0 != .sending }
        let rows = states.map { message($0.rawValue, state: $0) } + [message("claimed", due: 1)]
        try store.commit(commit(1) { $0.outbox = rows })
        _ = try store.claimOutbox(due: at(1), limit: 9)
        try store.commit(
            commit(2) { $0.cancellations = rows.map { ($0.key, "opted out") } + [("unknown", "-")] })
        for state in states {
            let row = try #require(try store.outbox(key: state.rawValue))
            let isCancelled = state == .queued || state == .held
            #expect(row.state == (isCancelled ? .cancelled : state))
            #expect(row.detail == (isCancelled ? "opted out" : "new"))
        }
        #expect(try store.outbox(key: "claimed")?.state == .sending)
        #expect(try store.claimOutbox(due: at(.max), limit: 9).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `only rows not yet claimed are withheld, and then never claimed`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let rows = OutboxRow.State.allCases.filter { $0 != .sending }.map { message($0.rawValue, state: $0) }
        try store.commit(commit(1) { $0.outbox = rows })
        try store.commit(commit(2) { $0.withholdings = rows.map { ($0.key, "sent before") } + [("unknown", "-")] })
        for row in rows {
            let kept = try #require(try store.outbox(key: row.key))
            let waited = row.state == .queued || row.state == .held
            #expect(kept.state == (waited ? .withheld : row.state))
            #expect(kept.detail == (waited ? "sent before" : "new"))
        }
        #expect(try store.claimOutbox(due: at(.max), limit: 9).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `a row and its cancellation in one commit end as cancelled`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        try store.commit(
            commit(1) {
                $0.outbox = [message("a")]
                $0.cancellations = [("a", "play ended")]
            })
        #expect(try store.outbox(key: "a")?.state == .cancelled)
    }

    @Test(arguments: StoreBackend.all)
    func `approval queues held and failed rows, and nothing else`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let states: [OutboxRow.State] = [.held, .failed, .sent, .cancelled, .withheld]
        try store.commit(commit(1) { $0.outbox = states.map { message($0.rawValue, state: $0) } })
        try store.commit(commit(2) { $0.approvals = states.map { ($0.rawValue, at(70), "released by ada") } })
        #expect(try store.claimOutbox(due: at(69), limit: 9).isEmpty)
        #expect(try store.claimOutbox(due: at(70), limit: 9).map(\.key) == ["failed", "held"])
    }

    @Test(arguments: StoreBackend.all)
    func `what happened to a message is kept in order, and what did not happen is not`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        try bed.store.commit(commit(1) { $0.outbox = [message("a", state: .held), message("b", due: 5)] })
        try bed.store.commit(commit(1000) { $0.approvals = [("a", at(2), "let go by ada"), ("b", at(2), "no")] })
        _ = try bed.store.claimOutbox(due: at(2), limit: 9)
        let settled = OutboxSettlement(key: "a", state: .queued, attempts: 1, due: at(500), at: at(7), detail: "421 later")
        try bed.store.settle([settled, settled])
        try bed.store.commit(commit(2000) { $0.cancellations = [("a", "discarded"), ("none", "x")] })
        let store = try bed.reopened()
        #expect(
            try store.outboxSteps(key: "a", limit: 9) == [
                OutboxStep(at: at(1), state: .queued, detail: "let go by ada"),
                OutboxStep(at: at(7), state: .queued, detail: "421 later"),
                OutboxStep(at: at(2), state: .cancelled, detail: "discarded"),
            ])
        #expect(try store.outboxSteps(key: "a", limit: 1).map(\.detail) == ["discarded"])
        #expect(try store.outboxSteps(key: "b", limit: 9).isEmpty && store.outboxSteps(key: "none", limit: 9).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `a known key keeps its row`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        try store.commit(commit(1) { $0.outbox = [message("a", state: .sent)] })
        try store.commit(commit(2) { $0.outbox = [message("a", bert), message("b", bert)] })
        #expect(try store.outbox(key: "a") == message("a", state: .sent))
        #expect(try store.outboxKeys { $0.account = bert } == ["b"])
        #expect(try store.claimOutbox(due: at(100), limit: 9).map(\.key) == ["b"])
    }

    @Test(arguments: StoreBackend.all)
    func `the outbox is paged newest first, by state and account`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let states: [OutboxRow.State] = [.queued, .held, .sent]
        let rows: [OutboxRow] = (0..<30).map { (number: Int) -> OutboxRow in
            let account = number % 2 == 0 ? anna : bert
            return message(
                "k\(padded(number, 2))", account, state: states[number % 3], created: Int64(number / 4))
        }
        try store.commit(commit(1) { $0.outbox = rows.shuffled() })
        let newestFirst = rows.reversed().map(\.key)
        #expect(try pages(of: store) { _ in } == newestFirst)
        let some = rows.reversed().filter { $0.state != .sent }.map(\.key)
        #expect(try pages(of: store) { $0.states = [.queued, .held] } == some)
        let own = rows.reversed().filter { $0.account == bert }.map(\.key)
        #expect(try pages(of: store) { $0.account = bert } == own)
        let ownSent = rows.reversed().filter { $0.account == bert && $0.state == .sent }.map(\.key)
        #expect(
            try pages(of: store) { query in
                query.account = bert
                query.states = [.sent]
            } == ownSent)
        #expect(try store.outboxKeys { $0.beforeKey = "unknown" }.isEmpty)
        #expect(try store.outboxKeys { $0.limit = -1 }.isEmpty)
    }

    private func pages(of store: any StateStore, _ fill: (inout OutboxQuery) -> Void) throws -> [String] {
        var keys: [String] = []
        while true {
            let page = try store.outboxKeys { query in
                fill(&query)
                query.limit = 4
                query.beforeKey = keys.last
            }
            guard !page.isEmpty else { return keys }
            #expect(page.count <= 4)
            keys += page
        }
    }
}
