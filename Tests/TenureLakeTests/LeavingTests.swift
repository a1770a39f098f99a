import Foundation
import TenureCore
import Testing

@testable import TenureLake

/// What leaves a lake again: days that are too old, and people.
struct LeavingTests {
    private func rig() throws -> Rig {
        let rig = try Rig()
        for day in 0..<6 { try rig.append(day: day, facts: 10) }
        return rig
    }

    @Test func `whole days go, and do not come back`() throws {
        let rig = try rig()
        try rig.seal("lake", days: 6)
        let removed = try rig.withLake("lake") { try $0.remove(before: Rig.start + 4) }
        #expect(removed == (0..<4).map { Rig.start + $0 })
        #expect(try rig.seal("lake", days: 6).parts.isEmpty && rig.rows("lake") == 20)
        // A shorter time to keep takes more, a longer one brings nothing back.
        #expect(try rig.withLake("lake") { try $0.remove(before: Rig.start) } == [])
        #expect(rig.folder("lake").days(Rig.slug) == [Rig.start + 4, Rig.start + 5])
    }

    @Test func `days that are removed before they were sealed are never written`() throws {
        let rig = try rig()
        _ = try rig.withLake("lake") { try $0.remove(before: Rig.start + 2) }
        #expect(try rig.seal("lake", days: 6).rows == 40)
    }

    @Test func `without somebody a lake is what it would be had they never been there`() throws {
        let rig = try rig()
        try rig.seal("lake", days: 6)
        let written = try rig.withLake("lake") { try $0.erase(["key-of-ana"]) }
        #expect(written.count == 6)
        #expect(try rig.rows("lake") == 48)
        try rig.append(day: 6, facts: 10)
        #expect(try rig.seal("lake", days: 7).rows == 8)
        _ = try rig.withLake("never") { try $0.erase(["key-of-ana"]) }
        try rig.seal("never", days: 7)
        #expect(try rig.files("lake") == rig.files("never"))
    }

    @Test func `files without facts of the person stay as they are`() throws {
        let rig = try rig()
        try rig.append(day: 6, facts: 1)
        try rig.seal("lake", days: 7)
        let before = try rig.files("lake")
        #expect(try rig.withLake("lake") { try $0.erase(["key-of-nobody"]) } == [])
        #expect(try rig.files("lake") == before)
    }

    @Test func `a file that held nothing else is there without rows`() throws {
        let rig = try Rig()
        try rig.append(day: 0, facts: 1)
        try rig.seal("lake", days: 1)
        #expect(try rig.withLake("lake") { try $0.erase(["key-of-ana"]) }.count == 1)
        let size = try LakeSize(rig.folder("lake"), Rig.slug)
        #expect(size.files == 1 && size.rows == 0 && size.damaged.isEmpty)
    }

    @Test func `an erasure that was cut short is finished by whoever opens the lake next`() throws {
        let rig = try rig()
        try rig.seal("lake", days: 6)
        try rig.withLake("lake") { lake in
            try lake.change {
                $0.erased = ["key-of-ana"]
                $0.erasing = ["key-of-ana"]
            }
        }
        try rig.seal("lake", days: 6)
        #expect(try rig.rows("lake") == 48)
    }

    @Test func `facts that tell of a person are theirs too, by key and by the login itself`() {
        func contact(_ data: JSONObject, type: String = FactType.contactChanged) -> Fact {
            Fact(
                occurred: Instant(milliseconds: 0), recorded: Instant(milliseconds: 0), source: "s", id: "i", account: nil,
                type: type, data: data)
        }
        let people = People(["key-of-ana"], { PersonKey("key-of-" + $0) })
        #expect(people.have(contact(["contact": "key-of-ana"])))
        #expect(people.have(contact(["contact": "ana"])))
        #expect(people.have(contact(["contact": "key-of-bob", "alias": "key-of-ana"])))
        #expect(!people.have(contact(["contact": "bob"])))
        #expect(!people.have(contact(["contact": "ana"], type: "user.session")))
    }
}
