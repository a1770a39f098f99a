import Foundation
import TenureCore
import TenureStore
import Testing

@testable import TenureLake

struct SealingTests {
    /// Three days of 40, 0 and 25 facts, and ticks of the clock between them.
    private func rig() throws -> Rig {
        let rig = try Rig()
        for _ in 0..<4 { try rig.append(day: 0, facts: 10) }
        try rig.tick(day: 1)
        for _ in 0..<5 { try rig.append(day: 2, facts: 5) }
        try rig.tick(day: 3)
        return rig
    }

    @Test func `each fact of a day that is over is in one file, but the clock's own`() throws {
        let rig = try rig()
        let sealed = try rig.seal("lake", days: 3)
        #expect(sealed.rows == 65 && sealed.parts.map(\.day) == [Rig.start, Rig.start + 2])
        #expect(sealed.parts.map { [$0.first, $0.last] } == [[1, 4], [6, 10]])
        #expect(try rig.rows("lake") == 65)
        #expect(try rig.seal("lake", days: 3).parts.isEmpty && rig.rows("lake") == 65)
    }

    @Test func `a day that is not over stays away`() throws {
        let rig = try rig()
        #expect(try rig.seal("lake", days: 2).rows == 40)
        #expect(try rig.seal("lake", days: 3).rows == 25)
    }

    @Test func `the same log gives the same bytes, in one run or in several`() throws {
        let rig = try rig()
        try rig.seal("once", days: 4)
        for days in 0...4 { try rig.seal("daily", days: days) }
        #expect(try rig.files("once") == rig.files("daily") && rig.files("once").count == 2)
    }

    @Test func `a file ends behind the block that fills it`() throws {
        let rig = try rig()
        let sealed = try rig.seal("lake", days: 1, partRowsMax: 15)
        #expect(sealed.parts.map { [$0.first, $0.last] } == [[1, 2], [3, 4]])
        #expect(try rig.rows("lake") == 40)
    }

    @Test func `facts that come for a day that is sealed go to a further file of it`() throws {
        let rig = try rig()
        try rig.seal("lake", days: 5)
        let before = try rig.files("lake")
        try rig.append(day: 3, facts: 7)
        #expect(try rig.seal("lake", days: 5).rows == 7)
        try rig.append(day: 3, facts: 2)
        #expect(try rig.seal("lake", days: 5).rows == 2)
        let after = try rig.files("lake")
        #expect(after.count == before.count + 2 && before.allSatisfy { after[$0.key] == $0.value })
        #expect(try rig.rows("lake") == 74)
    }

    @Test func `without its notes it goes on from its files, and accounts keep their names`() throws {
        let rig = try rig()
        try rig.seal("whole", days: 4)
        try rig.seal("lake", days: 1)
        try rig.remove("lake/_tenure/acme.json")
        try rig.remove("lake/_tenure/acme.accounts")
        #expect(try rig.seal("lake", days: 4).rows == 25)
        #expect(try rig.files("lake") == rig.files("whole"))
    }

    @Test func `damaged names of accounts are read from the log again`() throws {
        let rig = try rig()
        try rig.seal("whole", days: 4)
        try rig.seal("lake", days: 1)
        let path = rig.path + "/lake/_tenure/acme.accounts"
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        bytes[3] ^= 1
        try Data(bytes).write(to: URL(filePath: path))
        try rig.seal("lake", days: 4)
        #expect(try rig.files("lake") == rig.files("whole"))
    }

    @Test func `accounts are learnt from what is new, not from the whole log each time`() throws {
        let rig = try rig()
        try rig.seal("lake", days: 1)
        try rig.seal("lake", days: 4)
        let names = try rig.withLake("lake") { $0.names }
        #expect(names.position == 10 && names.count == 3)
    }

    @Test func `an account goes by the name it came with`() {
        func told(_ position: UInt64, _ id: String) -> LogBlock {
            let now = Instant(milliseconds: 0)
            let fact = Fact(
                occurred: now, recorded: now, source: "crm", id: id, account: "acc_1", type: FactType.accountChanged,
                data: ["id": .string(id)])
            return LogBlock(position: position, now: now, facts: [fact])
        }
        var names = AccountNames()
        names.learn(told(1, "crm-1"))
        names.learn(told(2, "billing-9"))
        #expect(names["acc_1"] == "crm-1")
    }

    @Test func `a lake of another log is left as it is`() throws {
        let (rig, other) = (try rig(), try Rig())
        for _ in 0..<12 { try other.append(day: 0, facts: 1) }
        try rig.seal("lake", days: 4)
        let before = try rig.files("lake")
        #expect(throws: LakeRefusal.otherLog(slug: "acme", block: 10)) {
            try FileManager.default.copyItem(atPath: other.path + "/log", toPath: rig.path + "/other")
            try rig.withLake("lake", log: "other") { _ = try $0.seal(before: Rig.start + 9) }
        }
        // Put back to an earlier state: the block is not there any more.
        let earlier = try Rig()
        try earlier.append(day: 0, facts: 10)
        try FileManager.default.copyItem(atPath: earlier.path + "/log", toPath: rig.path + "/earlier")
        #expect(throws: LakeRefusal.self) {
            try rig.withLake("lake", log: "earlier") { _ = try $0.seal(before: Rig.start + 9) }
        }
        #expect(try rig.files("lake") == before)
    }

    @Test func `what a crash left unfinished goes with the next run`() throws {
        let rig = try rig()
        try rig.seal("lake", days: 1)
        try Data([1, 2, 3]).write(to: URL(filePath: rig.path + "/lake/_tenure/unfinished/acme-2026-03-03"))
        try rig.seal("lake", days: 4)
        let left = try FileManager.default.contentsOfDirectory(atPath: rig.path + "/lake/_tenure/unfinished")
        #expect(left.isEmpty)
    }

    @Test func `one process at a time writes`() throws {
        let rig = try rig()
        let lock = try rig.folder("lake").lock(started: "now")
        #expect(throws: StorageFailure.self) { try rig.seal("lake", days: 4) }
        withExtendedLifetime(lock) {}
    }

    @Test func `names of files come back, and others are none of ours`() {
        let part = LakePart(day: Rig.start, first: 7, last: 4711)
        #expect(part.file == "facts-00000000000000000007-00000000000000004711.parquet")
        #expect(LakePart(day: Rig.start, file: part.file) == part)
        for name in ["facts-7-8.parquet", "facts-00000000000000000009-00000000000000000008.parquet", "x.parquet", ""] {
            #expect(LakePart(day: Rig.start, file: name) == nil)
        }
    }
}
