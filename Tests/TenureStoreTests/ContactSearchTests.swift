import TenureCore
import TenureFixtures
import TenureSQLite
import TenureStore
import Testing

/// What is kept in memory for searches answers as reading every row does, which is what the store in memory does.
@Suite(.temporaryFolders) struct ContactSearchTests {
    private static let pieces = [
        "Müller", "MÜLLER", "müller", "Straße", "İnci", "Ann", "ANN", "nna", "100%", "_", "!", "'", "a\0b", "\u{1}",
        "caf\u{E9}", "cafe\u{301}", "日本", "@acme", ".example", " ",
    ]

    @Test(arguments: 1...8)
    func `a search finds the same after any changes as a look at every row`(_ seed: Int) throws {
        var numbers = SeededNumbers(seed)
        let (memory, bed) = (try StoreBackend.memory.make().store, try StoreBackend.sqlite.make())
        for position in 1...40 {
            let next = commit(UInt64(position)) { $0.contacts = Self.contacts(&numbers) }
            try memory.commit(next)
            try bed.store.commit(next)
            try expectSame(memory, bed.store, &numbers)
        }
        try expectSame(memory, bed.reopened(), &numbers)
    }

    private func expectSame(_ memory: any StateStore, _ sqlite: any StateStore, _ numbers: inout SeededNumbers) throws {
        for _ in 0..<5 {
            let text = Self.name(&numbers, pieces: 2)
            let limit = numbers.pick([0, 1, 2, 5, 500])
            let found = try sqlite.contacts(containing: text, limit: limit)
            #expect(try memory.contacts(containing: text, limit: limit) == found, "\(text.debugDescription), \(limit)")
        }
    }

    private static func contacts(_ numbers: inout SeededNumbers) -> [ContactRow] {
        (0..<numbers.below(6)).map { _ in
            let account = AccountID("acc_\(numbers.below(12))")
            var row = contact("k\(numbers.below(3))", account, name: name(&numbers, pieces: 3))
            row.email = name(&numbers, pieces: 2)
            return row
        }
    }

    private static func name(_ numbers: inout SeededNumbers, pieces most: Int) -> String {
        (0..<numbers.below(most + 1)).map { _ in numbers.pick(pieces) }.joined()
    }

    @Test func `a name that was changed is found no more, and the new one is`() throws {
        let store = try StoreBackend.sqlite.make().store
        try store.commit(commit(1) { $0.contacts = [contact("a", anna, name: "Vera Old"), contact("b", bert, name: "Max")] })
        #expect(try store.contacts(containing: "vera old", limit: 9).count == 1)
        try store.commit(commit(2) { $0.contacts = [contact("a", anna, name: "Vera New")] })
        #expect(try store.contacts(containing: "vera old", limit: 9).isEmpty)
        #expect(try store.contacts(containing: "vera new", limit: 9).map(\.account) == [anna])
        #expect(try store.contacts(containing: "max", limit: 9).map(\.account) == [bert])
    }

    @Test func `more accounts than are read again one by one are read whole`() throws {
        let store = try StoreBackend.sqlite.make().store
        #expect(try store.contacts(containing: "ann", limit: 9).isEmpty)
        let accounts = (0..<5_001).map { AccountID("acc_\($0)") }
        try store.commit(commit(1) { $0.contacts = accounts.map { contact("a", $0) } })
        #expect(try store.contacts(containing: "ann", limit: 9_999).map(\.account) == accounts.sorted())
        try store.commit(commit(2) { $0.contacts = [contact("a", accounts[7], name: "Zoe")] })
        #expect(try store.contacts(containing: "zoe", limit: 9).map(\.account) == [accounts[7]])
    }

    @Test func `a text over two lines finds whoever has it, and not two people under each other`() throws {
        let store = try StoreBackend.sqlite.make().store
        try store.commit(commit(1) { $0.contacts = [contact("a", anna, name: "Ann"), contact("b", bert, name: "x\nann@e")] })
        #expect(try store.contacts(containing: "\nann@e", limit: 9).map(\.account) == [bert])
    }

    @Test func `who only reads finds what another process has written since`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/state.sqlite"
        let writer = try SQLiteStore(path: path)
        try writer.commit(commit(1) { $0.contacts = [contact("a", name: "Vera")] })
        let reader = try SQLiteStore(reading: path, isStill: false)
        #expect(try reader.contacts(containing: "vera", limit: 9).count == 1)
        try writer.commit(commit(2) { $0.contacts = [contact("b", name: "Vera")] })
        #expect(try reader.contacts(containing: "vera", limit: 9).count == 2)
    }
}
