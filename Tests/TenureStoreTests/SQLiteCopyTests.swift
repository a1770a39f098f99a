import Dispatch
import Synchronization
import TenureSQLite
import TenureStore
import Testing

/// A store that is looked at and copied while somebody else writes it.
@Suite(.temporaryFolders) struct SQLiteCopyTests {
    @Test func `a copy under load is of one moment: its position and its rows belong together`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.path + "/store.sqlite")
        try store.commit(commit(1) { $0.outbox = (0..<3000).map { message("m\($0)") } })
        let isDone = Atomic(false)
        let queue = DispatchQueue(label: "writer")
        queue.async {
            var position: UInt64 = 2
            while !isDone.load(ordering: .relaxed) {
                try? store.commit(commit(position) { $0.decisions = [decision(position, 0)] })
                position += 1
            }
        }
        for number in 0..<8 {
            let target = folder.path + "/copy-\(number).sqlite"
            let source = try SQLiteStore(reading: folder.path + "/store.sqlite", isStill: false)
            let position = try source.copy(to: target) { _, _ in }
            try source.close()
            let copy = try SQLiteStore(reading: target, isStill: true)
            #expect(try copy.committedPosition() == position)
            #expect(try copy.decisions(after: nil, limit: .max).last?.place.position ?? 1 == position)
            #expect(try copy.damage() == [])
            try copy.close()
        }
        isDone.store(true, ordering: .relaxed)
        queue.sync {}
        let strays = try folder.files().filter { $0.hasPrefix("copy-") && !$0.hasSuffix(".sqlite") }
        #expect(strays == [])
    }

    @Test(arguments: ["a store.sqlite", "a copy.sqlite"])
    func `looking at a file that nobody writes changes neither it nor anything beside it`(_ name: String) throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.path + "/a store.sqlite")
        try store.commit(commit(3) { $0.settings = [("a", "b")] })
        _ = try store.copy(to: folder.path + "/a copy.sqlite") { _, _ in }
        try store.close()
        let before = try folder.files().map { [Array($0.utf8), try folder.bytes($0)] }
        let reading = try SQLiteStore(reading: folder.path + "/" + name, isStill: true)
        #expect(try reading.setting("a") == "b" && reading.committedPosition() == 3)
        #expect(try reading.isCurrent())
        #expect(throws: StorageFailure.self) { try reading.commit(commit(4)) }
        try reading.close()
        let after = try folder.files().map { [Array($0.utf8), try folder.bytes($0)] }
        #expect(after == before)
    }
}
