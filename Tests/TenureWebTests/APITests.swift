import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

struct APIListTests {
    @Test func `pages of a list follow each other without gap or repetition`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 7)
        var names: [String] = []
        var path: String? = "/accounts?limit=3&sort=-arr"
        while let next = path {
            let answer = await house.api(.get, next)
            #expect(answer.status == .ok)
            names += answer.json["items"]?.array?.compactMap { $0.object?["external_id"]?.string } ?? []
            path = answer.fields[.link].map { link in
                String(link.dropFirst("</api/v1".count).prefix { $0 != ">" })
            }
        }
        #expect(names == (1...7).reversed().map { "co-\($0)" })
    }

    @Test func `filters, search and sorting`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 4)
        func names(_ query: String) async -> [String] {
            await house.api(.get, "/accounts?" + query).json["items"]?.array?.compactMap {
                $0.object?["external_id"]?.string
            } ?? []
        }
        #expect(await names("band=healthy&sort=name") == ["co-3", "co-4"])
        #expect(await names("band=critical&sort=-name") == ["co-2", "co-1"])
        #expect(await names("q=PANY%202") == ["co-2"])
        #expect(await names("owner=bob") == [])
        #expect(await names("sort=score&limit=2") == ["co-1", "co-2"])
        #expect(await names("sort=-score").suffix(2) == ["co-2", "co-1"])
    }

    @Test(arguments: [
        "limit=0", "limit=-1", "limit=201", "limit=1e3", "limit=abc", "limit=1&limit=2", "sort=password_hash",
        "sort=name;drop", "band=purple", "unknown=1", "q=%zz",
    ])
    func `a wrong parameter is refused`(query: String) async throws {
        let house = try await TestHouse()
        #expect(await house.api(.get, "/accounts?" + query).code == "invalid-parameter")
    }

    @Test func `a cursor serves its own list and query only`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        let cursor = try #require(await house.api(.get, "/accounts?limit=1").json["next_cursor"]?.string)
        #expect(await house.api(.get, "/accounts?limit=1&cursor=\(cursor)").status == .ok)
        #expect(await house.api(.get, "/accounts?sort=name&cursor=\(cursor)").code == "invalid-cursor")
        #expect(await house.api(.get, "/tasks?cursor=\(cursor)").code == "invalid-cursor")
        let changed = cursor.prefix(9) + (cursor.dropFirst(9).first == "A" ? "B" : "A") + cursor.dropFirst(10)
        #expect(await house.api(.get, "/accounts?cursor=\(changed)").code == "invalid-cursor")
    }

    @Test func `work lists show what waits`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let signals = await house.api(.get, "/signals")
        #expect(signals.json["items"]?.array?.first?.object?["signal"] == "few_users")
        let tasks = await house.api(.get, "/tasks")
        #expect(tasks.json["items"]?.array?.compactMap { $0.object?["text"]?.string } == ["Call", "Write"])
        #expect(await house.api(.get, "/plays").json["items"]?.array?.first?.object?["owner"] == "ada")
        #expect(await house.api(.get, "/outbox?state=odd").code == "invalid-parameter")
        #expect(await house.api(.get, "/outbox").json["items"] == [])
    }
}

struct APIAccountTests {
    @Test func `an account is found by either id and shows what it is made of`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let answer = await house.api(.get, "/accounts/co-1")
        let id = try #require(answer.json["id"]?.string)
        #expect(await house.api(.get, "/accounts/" + id).body == answer.body)
        #expect(answer.json["signals"]?.array?.first?.object?["why"]?.object?["holds"] == "holds")
        #expect(answer.json["plays"]?.array?.first?.object?["steps"]?.array?.count == 2)
        for path in ["/accounts/nobody", "/accounts/a%252Fb", "/accounts/..", "/accounts/%ff"] {
            #expect(await house.api(.get, path).code == "not-found", "\(path)")
        }
    }

    @Test func `the lines of a score sum to it exactly`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        _ = await house.api(
            .post, "/accounts/co-2/grades", #"{"metric":"relation","grade":"good","reason":"met"}"#)
        for name in ["co-1", "co-2", "co-3"] {
            let body = await house.api(.get, "/accounts/\(name)/explanation").json
            let score = try #require(body["score"]?.int)
            #expect(body["sum_nano"]?.int == score * 1_000_000_000)
            let sum = body["lines"]?.array?.reduce(0) { $0 + ($1.object?["contribution_nano"]?.int ?? 0) }
            #expect(sum == score * 1_000_000_000)
        }
    }

    @Test func `an explanation of a day that is not recorded is not found`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        #expect(await house.api(.get, "/accounts/co-1/explanation?at=2026-01-01").code == "not-found")
        #expect(await house.api(.get, "/accounts/co-1/explanation?at=yesterday").code == "invalid-parameter")
        #expect(await house.api(.get, "/accounts/co-1/explanation?at=2026-03-09").status == .ok)
    }

    @Test func `an explanation of now says why each play runs or does not, with the failed part and its values`()
        async throws
    {
        let house = try await TestHouse()
        try await house.fill(accounts: 4)
        let now = await house.api(.get, "/accounts/co-4/explanation").json
        let play = try #require(now["plays"]?.array?.first?.object)
        #expect(play["id"]?.string == "invite")
        #expect(play["reason"]?.string == "no-open-signal")
        let signal = try #require(play["signals"]?.array?.first?.object)
        #expect(signal["reason"]?.string == "condition-fails")
        let missing = try #require(signal["condition"]?.object?["missing"]?.array?.first?.object)
        #expect(missing["text"]?.string == #"m("users.active.7d") < 2.0"#)
        #expect(missing["values"]?.array?.first?.object?["value"]?.string == "4")
        #expect(now["signals"]?.array?.count == 1)
    }

    @Test func `an explanation names the events that moved each component, when asked`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        await house.pass(days: 2)
        let event = #"{"type":"user.session","id":"s-9","account":"co-1","user":"u9"}"#
        #expect(await house.send("/v1/events", event).status == .ok)
        let path = "/accounts/co-1/explanation?since=2026-03-09"
        #expect(await house.api(.get, path).json["causes"] == nil)
        #expect(await house.api(.get, path + "&events=maybe").code == "invalid-parameter")
        let body = await house.api(.get, path + "&events=true").json
        let cause = try #require(body["causes"]?.array?.first?.object)
        #expect(body["causes"]?.array?.count == 1)
        #expect(cause["id"] == "usage.active" && cause["cause"] == "facts" && cause["more"] == 0)
        let named = try #require(cause["events"]?.array?.first?.object)
        #expect(cause["events"]?.array?.count == 1)
        #expect(named["id"] == "s-9" && named["way"] == "came-in" && named["type"] == "user.session")
    }

    @Test func `an account and its explanation say what would bring the score back`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        for path in ["/accounts/co-1", "/accounts/co-1/explanation"] {
            let again = try #require(await house.api(.get, path).json["healthy_again"]?.object)
            #expect(again["band"] == "healthy" && again["from"] == 70 && again["limited_by"] == [])
            let change = try #require(again["changes"]?.array?.first?.object)
            #expect(change["id"] == "usage.active" && change["value_now"] == .double(1))
            #expect(change["value"] == .double(3) && change["score"] == 100 && change["band"] == "healthy")
        }
        let notice = #"{"scope":"full","stated_reason":"price"}"#
        #expect(await house.api(.post, "/accounts/co-1/churn-notice", notice).status == .ok)
        let limited = await house.api(.get, "/accounts/co-1").json["healthy_again"]?.object
        #expect(limited?["limited_by"] == ["notice"] && limited?["changes"] == [])
    }

    @Test func `the timeline pages newest first`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let all = await house.api(.get, "/accounts/co-1/timeline?limit=200").json["items"]?.array ?? []
        #expect(all.count > 3)
        var titles: [JSON] = []
        var path: String? = "/accounts/co-1/timeline?limit=2"
        while let next = path {
            let answer = await house.api(.get, next)
            titles += answer.json["items"]?.array ?? []
            path = answer.fields[.link].map { String($0.dropFirst("</api/v1".count).prefix { $0 != ">" }) }
        }
        #expect(titles == all)
    }
}

struct CommandTests {
    private func house() async throws -> TestHouse {
        let house = try await TestHouse()
        try await house.fill()
        return house
    }

    @Test func `a grade counts in the score`() async throws {
        let house = try await house()
        let before = await house.api(.get, "/accounts/co-1").json["coverage"]
        let answer = await house.api(
            .post, "/accounts/co-1/grades", #"{"metric":"relation","grade":"good","reason":"met them"}"#)
        #expect(answer.status == .ok)
        #expect(answer.json["account"]?.object?["coverage"] != before)
        let grade = house.workspace.account("co-1")?.observations.grades["relation"]
        #expect(grade?.points == 90)
        #expect(grade?.author == "api:tool")
    }

    @Test func `all mistakes of a body are told at once, with their places`() async throws {
        let house = try await house()
        let answer = await house.api(
            .post, "/accounts/co-1/grades", #"{"metric":"relation","points":101,"score":5,"expires_days":0}"#)
        #expect(answer.status.code == 422)
        let errors = answer.json["errors"]?.array?.compactMap { $0.object?["pointer"]?.string }
        #expect(errors == ["/points", "/expires_days", "/reason", "/score"])
        #expect(answer.json["errors"]?.array?.last?.object?["type"] == "field-not-writable")
    }

    @Test(arguments: [
        ("/grades", #"{"reason":"r","points":5}"#), ("/grades", #"{"metric":"relation","reason":"r"}"#),
        ("/grades", #"{"metric":"users.active","points":5,"reason":"r"}"#),
        ("/grades", #"{"group":"nope","points":5,"reason":"r"}"#),
        ("/grades", #"{"metric":"relation","grade":"odd","reason":"r"}"#),
        ("/pulse", #"{"reason":"r"}"#), ("/flags", #"{"flag":"A b","reason":"r"}"#),
        ("/notes", #"{"text":""}"#),
        ("/plays", #"{"play":"nope"}"#), ("/signals/few_users/snooze", #"{}"#), ("/notes", "[]"),
        ("/churn-notice", #"{"scope":"half"}"#),
        ("/confirmed-value", #"{"kind":"odd","amount":1,"confirmed_by":"x"}"#),
    ])
    func `a command that says too little or nonsense is refused`(path: String, body: String) async throws {
        let house = try await house()
        let answer = await house.api(.post, "/accounts/co-1" + path, body)
        #expect(answer.code == "validation-failed")
        #expect(answer.status.code == 422)
    }

    @Test func `flags, notices, notes, owners and values are written`() async throws {
        let house = try await house()
        let path = "/accounts/co-1"
        #expect(await house.api(.post, path + "/flags", #"{"flag":"angry","reason":"mail"}"#).status == .ok)
        #expect(house.workspace.account("co-1")?.observations.flags["angry"] == true)
        #expect(await house.api(.delete, path + "/flags/angry").status == .ok)
        #expect(house.workspace.account("co-1")?.observations.flags["angry"] == false)
        #expect(
            await house.api(.put, path + "/owners/csm", #"{"person":"bob"}"#).json["account"]?.object?[
                "owner"] == "bob")
        #expect(await house.api(.put, path + "/owners/king", #"{"person":"bob"}"#).code == "not-found")
        #expect(await house.api(.post, path + "/pulse", #"{"points":40,"reason":"r"}"#).status == .ok)
        #expect(
            await house.api(
                .post, path + "/confirmed-value", #"{"kind":"money","amount":12.5,"confirmed_by":"Sue"}"#
            ).status == .ok)
        #expect(await house.api(.post, path + "/notes", #"{"text":"Called <them>"}"#).status == .ok)
        let id = try #require(house.workspace.account("co-1")).id
        #expect(try house.workspace.store.notes(account: id, limit: 5).map(\.text) == ["Called <them>"])
        let notice = await house.api(
            .post, path + "/churn-notice", #"{"scope":"full","stated_reason":"price"}"#)
        #expect(notice.json["account"]?.object?["score"] == 0)
    }

    @Test func `a play's tasks are ticked off, opened again and signed off`() async throws {
        let house = try await house()
        let step = "/accounts/co-1/plays/1/steps/ask"
        #expect(await house.api(.post, step + "/tasks/0/completion").status == .ok)
        let again = await house.api(.post, step + "/tasks/0/completion")
        #expect(again.code == "command-refused")
        #expect(again.json["errors"]?.array?.first?.object?["type"] == "already-done")
        #expect(await house.api(.delete, step + "/tasks/0/completion").status == .ok)
        for task in 0...1 {
            #expect(await house.api(.post, step + "/tasks/\(task)/completion").status == .ok)
        }
        #expect(await house.api(.post, step + "/sign-off").status == .ok)
        let play = try #require(house.workspace.account("co-1")?.conclusions.plays.first)
        #expect(play.steps.map(\.state) == [.done, .ready])
        for path in [
            "/plays/1/steps/ask/tasks/9/completion", "/plays/1/steps/nope/sign-off", "/plays/x/stop",
            "/plays/01/stop",
        ] {
            let answer = await house.api(.post, "/accounts/co-1" + path)
            #expect(answer.code == "not-found" || answer.code == "command-refused", "\(path)")
        }
        #expect(await house.api(.post, "/accounts/co-1/plays/1/stop", #"{"outcome":"enough"}"#).status == .ok)
        #expect(await house.api(.post, "/accounts/co-1/plays/1/stop").code == "command-refused")
        #expect(await house.api(.post, "/accounts/co-1/plays", #"{"play":"invite"}"#).status == .ok)
    }

    @Test func `signals are acknowledged and snoozed`() async throws {
        let house = try await house()
        #expect(await house.api(.post, "/accounts/co-1/signals/few_users/acknowledgement").status == .ok)
        #expect(
            house.workspace.account("co-1")?.conclusions.signal("few_users")?.acknowledgedBy == "api:tool")
        #expect(
            await house.api(.post, "/accounts/co-1/signals/few_users/snooze", #"{"days":3}"#).status == .ok)
        #expect(await house.api(.post, "/accounts/co-1/signals/nope/acknowledgement").code == "not-found")
    }

    @Test func `a command with an idempotency key takes effect once`() async throws {
        let house = try await house()
        let key: HTTPFields = [.idempotencyKey: "k-1"]
        let body = #"{"text":"once"}"#
        let first = await house.api(.post, "/accounts/co-1/notes", body, key)
        let second = await house.api(.post, "/accounts/co-1/notes", body, key)
        #expect(first.body == second.body)
        let id = try #require(house.workspace.account("co-1")).id
        #expect(try house.workspace.store.notes(account: id, limit: 5).count == 1)
        let other = await house.api(.post, "/accounts/co-1/notes", #"{"text":"two"}"#, key)
        #expect(other.code == "idempotency-key-reused")
        for bad in ["", String(repeating: "k", count: 256)] {
            #expect(
                await house.api(.post, "/accounts/co-1/notes", body, [.idempotencyKey: bad]).code
                    == "invalid-idempotency-key")
        }
    }
}
