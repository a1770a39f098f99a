import HTTPTypes
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureRuntime
import Testing

@testable import TenureWeb

/// A past day is what was shown when it ended: a life is looked at through the API day by day, then its days are opened.
@Suite struct PastDayTests {
    /// What the API said of the account.
    private struct Look: Equatable {
        let day: String
        let numbers: JSON
        let metrics: [String: JSON]
        let kpis: [JSON]
        let signals: [JSON]
        let plays: JSON
    }

    private func look(_ house: TestHouse, on day: String) async -> Look {
        let body = await house.api(.get, "/accounts/co-1").json
        return Look(
            day: day, numbers: ["score": body["score"] ?? "missing", "band": body["band"] ?? "missing", "lines": body["lines"] ?? "missing"],
            metrics: Self.metrics(body), kpis: Self.kpis(body), signals: Self.signals(body),
            plays: .array((body["plays"]?.array ?? []).filter { $0.object?["running"]?.bool == true }.map(Self.steps)))
    }

    private static func metrics(_ body: JSONObject) -> [String: JSON] {
        Dictionary(
            (body["metrics"]?.array ?? []).compactMap { $0.object }.map { metric in
                (metric["id"]?.string ?? "", ["value": metric["value"] ?? "missing", "sample": metric["sample"] ?? "missing"])
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Without what they are compared with: whoever looks at midnight looks on the next day.
    private static func kpis(_ body: JSONObject) -> [JSON] {
        (body["kpis"]?.array ?? []).compactMap { $0.object }.map {
            ["id": $0["id"] ?? "missing", "value": $0["value"] ?? "missing", "band": $0["band"] ?? "missing", "target": $0["on_target"] ?? "missing"]
        }
    }

    private static func signals(_ body: JSONObject) -> [JSON] {
        (body["signals"]?.array ?? []).compactMap { $0.object }.map {
            ["id": $0["id"] ?? "missing", "since": $0["since"] ?? "missing", "by": $0["acknowledged_by"] ?? "missing"]
        }
    }

    /// Without the owner: who held a role then is not kept.
    private static func steps(_ play: JSON) -> JSON {
        let steps = (play.object?["steps"]?.array ?? []).compactMap { $0.object }.map { step -> JSON in
            ["id": step["id"] ?? "missing", "state": step["state"] ?? "missing", "tasks": step["tasks"] ?? "missing", "due": step["due"] ?? .null]
        }
        return ["number": play.object?["number"] ?? "missing", "steps": .array(steps)]
    }

    private func shown(_ body: JSONObject) -> Look {
        Look(
            day: body["day"]?.string ?? "", numbers: ["score": body["score"] ?? "missing", "band": body["band"] ?? "missing", "lines": body["lines"] ?? "missing"],
            metrics: Self.metrics(body), kpis: Self.kpis(body), signals: Self.signals(body),
            plays: .array((body["plays"]?.array ?? []).map(Self.steps)))
    }

    /// One day of use, some of it told late, some taken back.
    private func live(_ house: TestHouse, day: Int) async {
        var events: [String] = []
        func event(_ id: String, _ user: Int, _ back: Int, _ op: String = "") {
            let time = (TestHouse.now + Int64(day - back) * Milliseconds.day + Int64(user) * Milliseconds.minute).text
            events.append(#"{"id": "\#(id)", "type": "user.session", "account": "co-1", "user": "u\#(user)", "time": "\#(time)"\#(op)}"#)
        }
        if day % 9 < 6, !(13...24).contains(day) { for user in 0..<(1 + day % 3) { event("d\(day)-\(user)", user, 0) } }
        if day % 4 == 3 { event("late\(day)", 20 + day % 5, 2) }
        if day % 7 == 6 { event("back\(day)", 0, 0, #", "op": "retract", "corrects": "d\#(day - 5)-0""#) }
        if !events.isEmpty {
            #expect(await house.send("/v1/events", "[\(events.joined(separator: ","))]").json["success"] == true)
        }
        if day == 12 { _ = await house.api(.post, "/accounts/co-1/grades", #"{"metric": "relation", "grade": "good", "reason": "r"}"#) }
        if day == 5 { _ = await house.api(.post, "/accounts/co-1/plays/1/steps/ask/tasks/0/completion") }
        if day == 9 { _ = await house.api(.post, "/accounts/co-1/plays/1/steps/ask/tasks/1/completion") }
        if day == 8 { _ = await house.api(.post, "/accounts/co-1/signals/few_users/acknowledgement", #"{"days": 3}"#) }
    }

    @Test func `every past day shows what was shown when it ended, and folds anew to it or says why not`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        var looks: [Look] = []
        let first = ZoneRules.utc.day(at: TestHouse.now)
        for day in 0..<30 {
            await live(house, day: day)
            await house.pass(days: 1)
            looks.append(await look(house, on: (first + Int32(day)).text))
        }
        var (revised, same) = (0, 0)
        for (number, look) in looks.enumerated() {
            let body = await house.api(.get, "/accounts/co-1/days/\(look.day)?recompute=true").json
            #expect(shown(body) == look, "\(look.day)")
            let kpi = try #require(body["kpis"]?.array?.first?.object)
            let before = number < 7 ? .null : looks[number - 7].kpis.first?.object?["value"]
            #expect(kpi["before"]?.object?["value"] == before, "\(look.day)")
            let again = try #require(body["recomputed"]?.object)
            #expect(again["unexplained"] == false, "\(look.day): \(again)")
            for line in again["revised"]?.array ?? [] {
                #expect(line.object?["facts"]?.array?.isEmpty == false, "\(look.day): \(line)")
                revised += 1
            }
            same += Int(again["same"]?.int ?? 0)
        }
        #expect(revised >= 10 && same >= 200, "\(revised), \(same)")
        let unlike = (plays: Set(looks.map(\.plays)).count, signals: Set(looks.map(\.signals)).count, metrics: Set(looks.map(\.metrics)).count)
        #expect(unlike.plays >= 3 && unlike.signals >= 2 && unlike.metrics >= 4, "\(unlike)")
    }

    @Test func `a number that late facts moved names them, and the page does too`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        await house.pass(days: 4)
        let day = (ZoneRules.utc.day(at: TestHouse.now) + 1).text
        let before = await house.api(.get, "/accounts/co-1/days/\(day)").json
        #expect(before["recomputed"] == .null && before["metrics"]?.array?.count == 2)
        let time = (TestHouse.now + Milliseconds.day).text
        _ = await house.send("/v1/events", #"[{"id": "late-1", "type": "user.session", "account": "co-1", "user": "new", "time": "\#(time)"}]"#)
        let body = await house.api(.get, "/accounts/co-1/days/\(day)?recompute=true").json
        #expect(body["score"] == before["score"])
        let lines = body["recomputed"]?.object?["revised"]?.array?.compactMap { $0.object } ?? []
        let users = try #require(lines.first { $0["id"] == "users.active.7d" })
        #expect(users["then"]?.object?["value"]?.number == 1 && users["now"]?.object?["value"]?.number == 2)
        let fact = try #require(users["facts"]?.array?.first?.object)
        #expect(fact["id"] == "late-1" && fact["way"] == "came-late" && users["facts"]?.array?.count == 1)
        let session = try await house.signIn()
        let path = Links.day(try #require(house.workspace.account("co-1")).id.text, try #require(Day(text: day)))
        let page = await house.ask(.get, path + "?recompute=true", session).text
        for text in ["Folded anew from the facts", "late-1", "version 1", "Running plays", "Ask the admin", "came on"] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains("<form class=\"inline\" method=\"post\""))
        let account = await house.ask(.get, Links.account("co-1"), session).text
        #expect(account.contains("href=\"\(path)\""))
        #expect(await house.ask(.get, Links.days("co-1") + "?day=\(day)", session).fields[.location] == path)
        #expect(await house.ask(.get, Links.versions, session).text.contains("id=\"version-1\""))
    }

    @Test func `a day is shown under the version that was in force, whatever runs now`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        await house.pass(days: 2)
        let first = ZoneRules.utc.day(at: TestHouse.now)
        let before = await house.api(.get, "/accounts/co-1/days/\(first.text)").json
        let files = testProgramme.files.map { file in
            (path: file.path, text: file.text.replacing("linear: [[0, 0], [3, 100]]", with: "linear: [[0, 90], [3, 100]]")
                .replacing("title: Active users, weight", with: "title: People who work with it, weight"))
        }
        _ = try await house.workspace.publish(house.workspace.load(files), by: "ada", reason: "Kinder")
        await house.pass(days: 2)
        let after = await house.api(.get, "/accounts/co-1/days/\(first.text)?recompute=true").json
        for name in ["score", "lines", "metrics", "signals", "plays", "version", "events"] { #expect(after[name] == before[name], "\(name)") }
        #expect(after["recomputed"]?.object?["revised"] == [])
        let new = await house.api(.get, "/accounts/co-1/days/\((first + 2).text)?recompute=true").json
        #expect(new["version"]?.object?["number"] == 2 && after["version"]?.object?["number"] == 1)
        #expect(new["score"] != after["score"] && new["recomputed"]?.object?["revised"] == [])
        #expect(new["lines"]?.array?.first?.object?["title"] == "People who work with it")
        #expect(after["lines"]?.array?.first?.object?["title"] == "Active users")
    }

    @Test func `days that cannot be shown say why`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let today = ZoneRules.utc.day(at: TestHouse.now)
        func code(_ day: String) async -> String? { await house.api(.get, "/accounts/co-1/days/\(day)").code }
        #expect(await code((today + -1).text) == "day-before-first")
        await house.pass(days: 2)
        #expect(await code((today + 2).text) == "day-running")
        #expect(await code((today + 3).text) == "day-to-come")
        #expect(await code((today + -1).text) == "day-before-first")
        #expect(await code("2026-02-30") == "invalid-parameter")
        #expect(await code("yesterday") == "invalid-parameter")
        #expect(await house.api(.get, "/accounts/co-1/days/\(today.text)?recompute=yes").code == "invalid-parameter")
        #expect(await house.api(.get, "/accounts/co-1/days/\(today.text)").status == .ok)
        #expect(await house.api(.get, "/accounts/nobody/days/\(today.text)").code == "not-found")
        let session = try await house.signIn()
        let page = await house.ask(.get, Links.account("co-1") + "/days/" + (today + 3).text, session)
        #expect(page.status == .notFound && page.text.contains("has not come yet"))
    }
}
