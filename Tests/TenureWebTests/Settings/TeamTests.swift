import HTTPTypes
import TenureCore
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// Who may sign in is the owner's to say.
struct TeamTests {
    private func house() async throws -> (house: TestHouse, owner: Browser) {
        let house = try await TestHouse()
        try await house.workspace.write {
            $0.settings.append(
                (
                    name: "teammate:owner",
                    value: Teammate(id: "owner", name: "Olga", email: "o@v.example").text
                ))
        }
        return (house, try await Browser(house, as: Teammate.ownerID))
    }

    private func link(_ page: String) throws -> String {
        let start = try #require(page.firstRange(of: "http://localhost:8080"), "\(page)")
        return String(page[start.upperBound...].prefix { $0 != "<" })
    }

    private static let ben = ["name": "Ben Holm", "email": "ben@v.example"]

    @Test func `an invited teammate signs in once by the link`() async throws {
        let (house, owner) = try await house()
        let path = try link(try await owner.send(Links.settings + "/teammates", Self.ben).text)
        #expect(!(await owner.read(Links.settings)).contains(path))
        let answer = await house.ask(.post, path)
        let cookie = String(try #require(answer.fields[.setCookie]?.split(separator: ";").first))
        #expect(await house.ask(.get, Links.home, [.cookie: cookie]).text.contains("Ben Holm"))
        #expect(await house.ask(.post, path).status == .notFound)
        let again = try await owner.send(Links.settings + "/teammates", Self.ben)
        #expect(again.status.code == 422)
        #expect(again.text.contains("in the team already"))
    }

    @Test func `who is removed is out at once, and the name stays`() async throws {
        let (house, owner) = try await house()
        let path = try link(try await owner.send(Links.settings + "/teammates", Self.ben).text)
        let cookie = String(
            try #require(await house.ask(.post, path).fields[.setCookie]?.split(separator: ";").first))
        let rows = try await house.workspace.read { try $0.settings(prefix: "teammate:mate_") }
        let id = String(try #require(rows.first).name.dropFirst("teammate:".utf8.count))
        let newer = try link(try await owner.send(Links.settings + "/teammates/link", ["teammate": id]).text)
        let page = try await owner.follow(Links.settings + "/teammates/removal", ["teammate": id])
        #expect(page.contains("Former teammates"))
        #expect(await house.ask(.get, Links.home, [.cookie: cookie]).fields[.location] == Links.signIn)
        #expect(await house.ask(.post, newer).status == .notFound)
        #expect(
            try await owner.send(Links.settings + "/teammates/link", ["teammate": id]).status == .notFound)
        #expect(
            try await owner.send(Links.settings + "/teammates/removal", ["teammate": "owner"]).status.code
                == 422)
        #expect(try await Team(of: house.workspace).name(id) == "Ben Holm")
        #expect(try await !Team(of: house.workspace).owners(besides: []).contains { $0.name == "Ben Holm" })
    }

    @Test func `a teammate changes nothing here`() async throws {
        let (house, _) = try await house()
        let ada = try await Browser(house)
        #expect(await ada.read(Links.settings).contains("The owner invites and removes teammates."))
        for path in ["/teammates", "/teammates/link", "/teammates/removal", "/keys", "/keys/revocation"] {
            let fields = Self.ben.merging(["teammate": "owner", "kind": "api", "key": "x"]) { $1 }
            #expect(try await ada.send(Links.settings + path, fields).status == .forbidden, "\(path)")
        }
    }

    @Test func `somebody who is invited elsewhere under the same address does not enter here`() async throws {
        let (house, owner) = try await house()
        _ = try await owner.send(Links.settings + "/teammates", Self.ben)
        let other = try await TestHouse()
        try await other.workspace.write {
            $0.settings.append(
                (name: "teammate:owner", value: Teammate(id: "owner", name: "O", email: "").text))
        }
        _ = try await Browser(other, as: "owner").send(Links.settings + "/teammates", Self.ben)
        let ids = try await [house, other].asyncMap {
            try await $0.workspace.read { try $0.settings(prefix: "teammate:mate_") }.map(\.name)
        }
        #expect(ids[0].count == 1 && ids[1].count == 1)
        #expect(ids[0] != ids[1])
    }

    @Test func `a key is seen once, opens, tells its last use, and is revoked at once`() async throws {
        let (house, owner) = try await house()
        let page = try await owner.send(Links.keys, ["name": "crm", "kind": "api"]).text
        let start = try #require(page.firstRange(of: "<code id=\"secret\">"))
        let secret = String(page[start.upperBound...].prefix { $0 != "<" })
        #expect(secret.hasPrefix("tna_"))
        let list = await owner.read(Links.keys)
        #expect(!list.contains(secret))
        #expect(list.contains("<bdi>crm</bdi>") && list.contains("never"))
        let fields: HTTPFields = [.authorization: "Bearer " + secret]
        #expect(await house.ask(.get, "/api/v1/accounts", fields).status == .ok)
        try await house.house.keepKeyUses(of: house.workspace)
        let kept = try await house.workspace.read { try $0.settings(prefix: "key:") }.compactMap {
            AccessKey(text: $0.value)
        }
        #expect(kept.first { $0.source == "crm" }?.lastUsed != nil)
        let hash = try #require(house.house.keys(of: house.workspace.id).first { $0.key.source == "crm" })
            .hash
        #expect(hash == AccessKey.hash(secret))
        _ = try await owner.follow(Links.keys + "/revocation", ["key": hash])
        #expect(await house.ask(.get, "/api/v1/accounts", fields).status == .unauthorized)
        #expect(await owner.read(Links.keys).contains("revoked"))
        #expect(try await owner.send(Links.keys, ["name": "", "kind": "api"]).status.code == 422)
        #expect(try await owner.send(Links.keys, ["name": "x", "kind": "admin"]).status.code == 422)
    }
}

extension Array where Element: Sendable {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
