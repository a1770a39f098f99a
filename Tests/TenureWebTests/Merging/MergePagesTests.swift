import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// A teammate finds two accounts of one customer, merges them with a form, and takes it back.
@Suite struct MergePagesTests {
    private func house() async throws -> (house: TestHouse, first: String, second: String) {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        _ = await house.send(
            "/v1/events",
            #"[{"id": "n", "type": "account.changed", "account": "acme-prod", "data": {"name": "COMPANY 1 GmbH", "arr": 900, "tier": "gold"}}, {"id": "u", "type": "user.session", "account": "acme-prod", "user": "zoe"}]"#)
        _ = await house.api(.post, "/accounts/co-1/notes", #"{"text": "settles the block before"}"#)
        let id = { (name: String) in try #require(house.workspace.account(name)).id.text }
        return (house, try id("co-1"), try id("acme-prod"))
    }

    private func post(
        _ house: TestHouse, _ path: String, _ session: HTTPFields, _ fields: [(String, String)]
    ) async throws -> Answer {
        var headers = session
        headers[.contentType] = "application/x-www-form-urlencoded"
        let page = await house.ask(.get, Links.duplicates, session).text
        let token = try #require(page.firstMatch(of: /name="form_token" value="([^"]+)"/)).1
        let body = (fields + [("form_token", String(token))]).map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }
        return await house.ask(.post, path, headers, body: Array(body.joined(separator: "&").utf8))
    }

    @Test func `a pair is found with its reason, compared, merged by one button and parted by another`() async throws {
        let (house, first, second) = try await house()
        let session = try await house.signIn()
        let list = await house.ask(.get, Links.duplicates, session).text
        #expect(list.contains("same letters and digits") && list.contains("Company 1") && list.contains("COMPANY 1 GmbH"))
        let account = await house.ask(.get, Links.account(second), session).text
        #expect(account.contains("This may be the same customer as"))
        let compared = await house.ask(.get, Links.merging(first, with: second), session).text
        #expect(compared.contains("Merge the two accounts") && compared.contains(#"name="field.tier" value="taken""#))
        let done = try await post(
            house, Links.merges(first), session, [("other", second), ("field.tier", "taken"), ("field.arr", "kept"), ("reason", "one company")])
        #expect(done.status == .seeOther && done.fields[.location] == Links.account(first) + "#parts")
        let merged = try #require(house.workspace.account("acme-prod"))
        #expect(merged.id.text == first && merged.observations.profile["tier"] == "gold" && merged.observations.profile["arr"]?.number == 1000)
        #expect(merged.observations.profile["id"] == "co-1" && house.workspace.accountCount == 3)
        #expect(!house.workspace.rows().contains { $0.id.text == second })
        let after = await house.ask(.get, Links.account(first), session).text
        #expect(after.contains("Merged with it") && after.contains("one company"))
        #expect(await house.ask(.get, Links.account(second), session).fields[.location] == Links.account(first))
        let back = try await post(house, Links.mergeUndoing(first), session, [("other", second)])
        #expect(back.status == .seeOther && house.workspace.account("acme-prod")?.id.text == second)
        #expect(house.workspace.accountCount == 4 && house.workspace.rows().contains { $0.id.text == second })
        #expect(try await post(house, Links.mergeUndoing(first), session, [("other", second)]).status == .conflict)
    }

    @Test func `names of the account that was merged find the one that stays, and say why, as long as they are one`() async throws {
        let (house, first, second) = try await house()
        let session = try await house.signIn()
        let hits = { (text: String) in
            let items = await house.api(.get, "/search?q=" + PercentCoding.encode(text)).json["items"]?.array ?? []
            return items.compactMap(\.object)
        }
        for (account, domain) in [("co-1", "company.example"), ("acme-prod", "billing.example")] {
            let told: JSONObject = ["domain": .string(domain)]
            _ = try await house.workspace.perform([
                Arrival(id: "d-\(account)", source: "t", type: FactType.accountChanged, subject: .account(account), data: told)
            ])
        }
        #expect(await house.api(.post, "/accounts/co-1/merges", #"{"account": "acme-prod", "by": "ann"}"#).status == .ok)
        for (text, kind) in [("company 1 gmbh", "name"), ("ACME-PROD", "id"), ("billing.example", "domain")] {
            let found = await hits(text)
            #expect(found.map { $0["id"] } == [.string(first)])
            let match = found.first?["matches"]?.array?.first?.object
            #expect(match?["kind"] == .string(kind) && match?["merged"]?.object?["id"] == .string(second))
        }
        // Its own name comes first where both have it.
        let both = await hits("company 1").first?["matches"]?.array?.compactMap(\.object)
        #expect(both?.map { $0["merged"] == .null } == [true, false])
        let page = await house.ask(.get, "/search?q=gmbh", session).text
        #expect(page.contains("also known as: <bdi>COMPANY 1 GmbH</bdi>"))
        #expect(await house.ask(.get, "/search?q=acme-prod", session).text.contains("id of COMPANY 1 GmbH, merged with it: <bdi>acme-prod</bdi>"))
        #expect(await house.ask(.get, Links.account("acme-prod"), session).fields[.location] == Links.account(first))
        let also = await house.api(.get, "/accounts/acme-prod").json["also_known_as"]?.array
        #expect(also?.first?.object?["external_id"] == "acme-prod" && also?.count == 1)
        #expect(house.workspace.merges.all.map(\.by) == ["ann"])
        #expect(await house.api(.delete, "/accounts/co-1/merges/acme-prod", #"{"by": "ann"}"#).status == .ok)
        let apart = await hits("acme-prod")
        #expect(apart.map { $0["id"] } == [.string(second)])
        #expect(apart.first?["matches"]?.array?.first?.object?["merged"] == .null)
        #expect(await hits("company 1").count == 2)
    }

    @Test func `days that an account was part of another one are told as such when it stands for itself again`() async throws {
        let (house, first, second) = try await house()
        await house.pass(days: 2)
        #expect(await house.api(.post, "/accounts/co-1/merges", #"{"account": "acme-prod"}"#).status == .ok)
        await house.pass(days: 3)
        #expect(await house.api(.delete, "/accounts/co-1/merges/acme-prod").status == .ok)
        let day = { (day: Int) in
            let date = ZoneRules.utc.day(at: TestHouse.now + Int64(day) * Milliseconds.day)
            return await house.api(.get, "/accounts/\(second)/days/\(date.text)")
        }
        #expect(await day(1).status == .ok)
        // No day has closed since: what is missing is not merely late.
        #expect(await day(2).json["detail"]?.string?.contains("part of Company 1") == true)
        await house.pass(days: 2)
        for gap in 2...4 {
            let answer = await day(gap)
            #expect(answer.code == "day-not-recorded")
            let words = "from 2026-03-11 to 2026-03-13 this account was part of Company 1, which recorded the days of both."
            #expect(answer.json["detail"]?.string?.hasSuffix(words) == true)
        }
        #expect(await day(5).status == .ok)
        let session = try await house.signIn()
        let page = await house.ask(.get, Links.account(second), session).text
        #expect(page.contains("No days of its own: from 2026-03-11 to 2026-03-13") && page.contains(Links.account(first)))
        #expect(!(await house.ask(.get, Links.account(first), session).text.contains("No days of its own")))
    }

    @Test func `events that name a login alone, which both know, wait for the merge and are counted by it`() async throws {
        let (house, first, _) = try await house()
        let event = { (id: String, account: String) in
            _ = await house.send("/v1/events", #"[{"id": "\#(id)", "type": "user.session", \#(account) "user": "zoe"}]"#)
        }
        await event("z1", #""account": "co-1","#)
        await event("z2", "")
        let waits = { try await house.workspace.read { try $0.quarantine(subject: nil, after: 0, limit: 9).count } }
        #expect(try await waits() == 1)
        let count = { try #require(house.workspace.account(first)).observations.eventCount }
        let before = try count()
        #expect(await house.api(.post, "/accounts/co-1/merges", #"{"account": "acme-prod"}"#).status == .ok)
        // One was the other account's, one waited.
        #expect(try await waits() == 0 && count() == before + 2)
    }

    @Test func `two that somebody settled as two customers are not found again, until somebody looks again`() async throws {
        let (house, first, second) = try await house()
        let session = try await house.signIn()
        let fields = [("first", second), ("second", first)]
        _ = try await post(house, Links.distinctAccounts, session, fields)
        #expect(await house.api(.get, "/duplicates").json["items"] == [])
        #expect(!(await house.ask(.get, Links.account(first), session).text.contains("This may be the same customer")))
        _ = try await post(house, Links.distinctAccounts, session, fields + [("again", "true")])
        #expect(await house.api(.get, "/duplicates").json["total"] == 1)
    }

    @Test func `a form of a page that is open on the other account does nothing to the survivor`() async throws {
        let (house, first, second) = try await house()
        let session = try await house.signIn()
        #expect(await house.api(.post, "/accounts/co-1/merges", #"{"account": "acme-prod"}"#).status == .ok)
        let flagged = try await post(house, Links.account(second) + "/flags", session, [("flag", "risk"), ("reason", "r")])
        #expect(flagged.status == .conflict && flagged.text.contains("part of another one"))
        #expect(house.workspace.account(first)?.observations.flags["risk"] == nil)
        #expect(await house.api(.post, "/accounts/\(second)/flags", #"{"flag": "risk", "reason": "r"}"#).code == "command-refused")
        // The vendor's own name leads to the survivor.
        #expect(await house.api(.post, "/accounts/acme-prod/flags", #"{"flag": "risk", "reason": "r"}"#).status == .ok)
        #expect(house.workspace.account(first)?.observations.flags["risk"] == true)
    }

    @Test func `programs merge once, see what was merged, and undo it; what cannot be is said with a code`() async throws {
        let (house, first, second) = try await house()
        let merge = #"{"account": "acme-prod", "reason": "billing", "take": ["tier"]}"#
        let merged = await house.api(.post, "/accounts/co-1/merges", merge)
        let line = try #require(merged.json["merges"]?.array?.first?.object)
        #expect(line["account"] == .string(second) && line["external_id"] == "acme-prod" && line["by"] == "api:tool")
        #expect(line["taken"] == ["tier"] && line["reason"] == "billing")
        // Sent again, it changes nothing.
        let position = house.workspace.position
        #expect(await house.api(.post, "/accounts/co-1/merges", merge).json == merged.json && house.workspace.position == position)
        let refused = { (answer: Answer) in answer.json["errors"]?.array?.first?.object?["type"]?.string }
        #expect(refused(await house.api(.post, "/accounts/co-2/merges", #"{"account": "acme-prod"}"#)) == "already-merged")
        #expect(refused(await house.api(.post, "/accounts/co-1/merges", #"{"account": "co-1"}"#)) == "same-account")
        #expect(await house.api(.post, "/accounts/co-1/merges", #"{"account": "nobody"}"#).code == "not-found")
        #expect(await house.api(.post, "/accounts/co-1/merges", #"{"take": 7}"#).code == "validation-failed")
        #expect(await house.api(.delete, "/accounts/co-1/merges/acme-prod").json["merges"] == [])
        #expect(refused(await house.api(.delete, "/accounts/co-1/merges/acme-prod")) == "not-merged")
        let kinds = await house.api(.get, "/accounts/\(first)/timeline").json["items"]?.array?.compactMap { $0.object?["kind"]?.string } ?? []
        #expect(kinds.contains("accountsMerged") && kinds.contains("accountsParted"))
    }

    @Test func `an account that others name as the one above them stays`() async throws {
        let (house, _, _) = try await house()
        _ = await house.send(
            "/v1/events", #"[{"id": "c", "type": "account.changed", "account": "co-3", "data": {"parent": "acme-prod"}}]"#)
        _ = await house.api(.post, "/accounts/co-3/notes", #"{"text": "settles the block before"}"#)
        let refused = await house.api(.post, "/accounts/co-1/merges", #"{"account": "acme-prod"}"#)
        #expect(refused.json["errors"]?.array?.first?.object?["type"] == "has-accounts-below")
        #expect(await house.api(.post, "/accounts/acme-prod/merges", #"{"account": "co-1"}"#).status == .ok)
    }
}
