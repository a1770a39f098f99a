import Dispatch
import Foundation
import TenureCore
import TenureSQLite
import TenureStore
import Testing

/// What only a file can promise or break.
@Suite(.temporaryFolders) struct SQLiteStoreTests {
    private func open(
        _ folder: TemporaryFolder, _ fill: (inout SQLiteStore.Options) -> Void = { _ in }
    ) throws -> SQLiteStore {
        var options = SQLiteStore.Options()
        fill(&options)
        return try SQLiteStore(path: folder.path + "/state.sqlite", options: options)
    }

    private func reading(_ name: String, _ store: SQLiteStore) throws -> Int64? {
        try store.diagnostics().first { $0.name == name }?.value
    }

    @Test func `the writer flushes every commit, also after migrations and reopening`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        #expect(try reading("synchronous", store) == 2)
        try store.commit(commit(1))
        #expect(try reading("synchronous", store) == 2)
        try store.close()
        #expect(try reading("synchronous", open(folder)) == 2)
    }

    @Test(arguments: StoreQuery.allCases)
    func `every query is served by an index`(_ query: StoreQuery) throws {
        let folder = try TemporaryFolder()
        let plan = try open(folder).plan(query)
        #expect(!plan.isEmpty)
        for line in plan {
            #expect(!line.contains("TEMP B-TREE"))
            let counted =
                query == .quarantineCounts && line.contains("USING COVERING INDEX quarantine_of_subject")
            let given = line.hasPrefix("LIST SUBQUERY ") || line.hasPrefix("SCAN json_each VIRTUAL TABLE")
            #expect(line.hasPrefix("SEARCH ") || counted || given)
        }
    }

    @Test func `at most three readers have the file open`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        try store.commit(commit(1) { $0.settings = [("a", "1")] })
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            for _ in 0..<200 { #expect((try? store.setting("a")) == "1") }
        }
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            .compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0) }
            .filter { $0 == folder.path + "/state.sqlite" }
        #expect((1...4).contains(open.count))
    }

    @Test func `a read that takes too long is cut`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder) { $0.readLimit = .zero }
        try store.commit(commit(1) { $0.quarantine = (0..<5000).map { waiting("s\($0)") } })
        let failure = #expect(throws: StorageFailure.self) { _ = try store.quarantineCounts() }
        guard case .failed(_, let detail) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(detail.contains("interrupted"))
        try store.close()
        #expect(try open(folder).quarantineCounts().count == 5000)
    }

    @Test func `a full disk refuses the commit whole and reads go on`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder) { $0.pagesMax = 80 }
        try store.commit(commit(1) { $0.settings = [("a", "1")] })
        let large = commit(2) {
            $0.settings = [("a", "2")]
            $0.checkpoints = [
                Checkpoint(account: anna, position: 2, bytes: Array(repeating: 1, count: 900_000))
            ]
        }
        #expect(throws: StorageFailure.full(path: folder.path + "/state.sqlite")) { try store.commit(large) }
        #expect(try store.committedPosition() == 1)
        #expect(try store.setting("a") == "1")
        try store.commit(commit(2) { $0.settings = [("a", "3")] })
        try store.close()
        let roomy = try open(folder)
        #expect(try roomy.setting("a") == "3")
        #expect(try roomy.damage() == [])
    }

    @Test func `result codes are told apart by what the caller must do`() {
        func failure(_ code: Int32) -> StorageFailure {
            StorageFailure(sqliteCode: code, message: "m", path: "p")
        }
        #expect(failure(13) == .full(path: "p"))
        #expect(failure(4874) == .full(path: "p"))
        #expect(failure(1034) == .syncFailed(path: "p", code: 1034))
        #expect(failure(1290) == .syncFailed(path: "p", code: 1290))
        #expect(failure(11) == .corrupt(path: "p", detail: "m (SQLite 11)"))
        #expect(failure(26) == .corrupt(path: "p", detail: "m (SQLite 26)"))
        #expect(failure(5) == .locked(path: "p", owner: "another connection"))
        #expect(failure(778) == .failed(path: "p", detail: "m (SQLite 778)"))
    }

    @Test func `the write-ahead file is emptied while it is written and when idle`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder) { $0.walBytes = 256 << 10 }
        var largest: Int64 = 0
        for position: UInt64 in 1...60 {
            let bytes = [UInt8](repeating: UInt8(position), count: 50_000)
            try store.commit(
                commit(position) {
                    $0.checkpoints = [Checkpoint(account: anna, position: position, bytes: bytes)]
                })
            largest = max(largest, try reading("wal_bytes", store) ?? .max)
        }
        #expect(largest > 0 && largest < 400_000)
        try store.commit(commit(61))
        try store.tidy()
        #expect(try reading("wal_bytes", store) == 0)
        #expect(try store.committedPosition() == 61)
    }

    @Test func `a changed byte in a stored message is found before it is sent`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        var row = message("m")
        row.body = Array("the renewal is on 9 March".utf8)
        try store.commit(commit(1) { $0.outbox = [row] })
        try store.close()
        try replace("9 March", "8 March", in: folder)
        let damaged = try open(folder)
        for attempt in [
            { _ = try damaged.outbox(key: "m") }, { _ = try damaged.claimOutbox(due: at(999), limit: 1) },
        ] {
            let failure = #expect(throws: StorageFailure.self) { try attempt() }
            guard case .corrupt = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test func `a changed byte in a checkpoint is found before it is loaded`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let checkpoint = Checkpoint(account: anna, position: 1, bytes: Array("state of anna".utf8))
        try store.commit(commit(1) { $0.checkpoints = [checkpoint] })
        try store.close()
        try replace("state of", "skate of", in: folder)
        #expect(throws: StorageFailure.self) { try open(folder).checkpoints { _ in } }
    }

    @Test func `a file that is no database is corruption`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array(repeating: 0x41, count: 8192), "state.sqlite")
        let failure = #expect(throws: StorageFailure.self) { _ = try open(folder) }
        guard case .corrupt = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    private func replace(_ old: String, _ new: String, in folder: TemporaryFolder) throws {
        var bytes = try folder.bytes("state.sqlite")
        let old = Array(old.utf8)
        var replaced = 0
        for start in 0...bytes.count - old.count where bytes[start..<start + old.count].elementsEqual(old) {
            bytes.replaceSubrange(start..<start + old.count, with: Array(new.utf8))
            replaced += 1
        }
        try #require(replaced > 0)
        try folder.write(bytes, "state.sqlite")
    }
}
