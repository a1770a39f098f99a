import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import Testing

@testable import TenureWeb

/// What people see of what senders send, and how what waits finds its account.
@Suite struct DataPageTests {
    private func session(_ name: String, _ account: String, type: String = "user.session") -> String {
        #"[{"id": "\#(name)", "type": "\#(type)", "account": "\#(account)", "user": "u"}]"#
    }

    private func source(_ house: TestHouse) async -> JSONObject? {
        let all = await house.api(.get, "/data").json["sources"]?.array?.compactMap(\.object)
        return all?.first { $0["source"] == "web" }
    }

    @Test func `each source tells what it sent, and why what was rejected was`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 1)
        #expect(await source(house)?["last"] == .null)
        _ = await house.send("/v1/events", session("e1", "co-1"))
        _ = await house.send("/v1/events", session("e1", "co-1"))
        _ = await house.send("/v1/events", session("e1", "co-1", type: "report.exported"))
        _ = await house.send("/v1/events", #"[{"id": "e2", "type": "report.exported", "account": "co-1", "data": {"format": "doc"}}, 7]"#)
        let found = try #require(await source(house))
        #expect(found["counts"] == ["accepted": 1, "duplicate": 1, "quarantined": 0, "rejected": 3])
        #expect(found["rejections"] == ["contract-violation": 2, "validation-failed": 1])
        #expect(found["last_hour"] == 5)
        let newest = try #require(found["tail"]?.array?.compactMap(\.object).first { $0["id"] == "e2" })
        #expect(newest["type"] == "report.exported" && newest["pointer"] == "/data/format" && newest["fate"] == "rejected")
        let page = await house.ask(.get, Links.data, try await house.signIn()).text
        #expect(page.contains("contract-violation: report.exported.format must be one of pdf, csv"))
    }

    @Test func `an event that the programme does not know is counted, with the lines that map it`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 1)
        for number in 0..<3 {
            _ = await house.send(
                "/v1/track", #"{"messageId": "t\#(number)", "userId": "u", "event": "Board \"Shared\"", "context": {"groupId": "co-1"}}"#)
        }
        let found = try #require(await house.api(.get, "/data").json["unmapped"]?.array?.first?.object)
        #expect(found["type"] == #"track:Board "Shared""# && found["count"] == 3)
        #expect(
            found["definition"]?.string == """
                events:
                  - type: board.shared
                    title: "Board \\"Shared\\""
                    segment: [{track: "Board \\"Shared\\""}]
                """)
    }

    @Test func `what waits is released to the account that a person names, and so is what comes after it`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 2)
        for number in 0..<3 { _ = await house.send("/v1/events", session("w\(number)", "Company-1")) }
        let waiting = try #require(await house.api(.get, "/data").json["waiting"]?.array?.first?.object)
        #expect(waiting["subject"] == "Company-1" && waiting["count"] == 3)
        let id = try #require(house.workspace.account("co-1")).id.text
        #expect(waiting["matches"] == [["id": .string(id), "name": "Company 1"]])
        let before = house.workspace.counts.facts
        let adopted = await house.api(.post, "/data/adoption", #"{"subject": "Company-1", "account": "co-1"}"#)
        #expect(adopted.json["waiting"] == [])
        #expect(house.workspace.counts.facts == before + 3)
        let later = await house.send("/v1/events", session("w9", "Company-1"))
        #expect(later.json["accepted"] == 1 && later.json["quarantined"] == 0)
        #expect(await house.api(.post, "/data/adoption", #"{"subject": "Company-1", "account": "co-1"}"#).code == "not-found")
        #expect(await house.api(.post, "/data/adoption", #"{"subject": "x", "account": "nobody"}"#).code == "validation-failed")
    }

    @Test func `a login that is known at no account is released by its form`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 1)
        _ = await house.send("/v1/events", #"[{"id": "m1", "type": "user.session", "userid": "someone"}]"#)
        let subject = try #require(await house.api(.get, "/data").json["waiting"]?.array?.first?.object?["subject"]?.string)
        var fields = try await house.signIn()
        let page = await house.ask(.get, Links.data, fields).text
        let token = try #require(
            page.firstRange(of: "form_token\" value=\"").map { String(page[$0.upperBound...].prefix { $0 != "\"" }) })
        fields[.contentType] = "application/x-www-form-urlencoded"
        let form = "form_token=\(token)&subject=\(PercentCoding.encode(subject))&account=co-1"
        #expect(await house.ask(.post, "/data/adoption", fields, body: Array(form.utf8)).status == .seeOther)
        let again = await house.send("/v1/events", #"[{"id": "m2", "type": "user.session", "userid": "someone"}]"#)
        #expect(again.json["accepted"] == 1)
    }

    @Test func `accounts are matched by letters and digits, or by one name inside the other`() {
        let names = [("acc_1", "nl-7", "Nordlicht GmbH"), ("acc_2", "acme", "Acme"), ("acc_3", "x", "X"), ("acc_4", "nord", "")]
            .map { AccountNames(id: AccountID($0.0), names: [$0.1, $0.2]) }
        let matches = { (subject: String) in AccountMatch.all(subject, among: names).map(\.id) }
        #expect(matches("ACME") == ["acc_2"])
        #expect(matches("nordlicht") == ["acc_1", "acc_4"])
        #expect(matches("NL 7") == ["acc_1"])
        #expect(matches("X!") == ["acc_3"] && matches("xy").isEmpty && matches("?!").isEmpty)
    }
}
