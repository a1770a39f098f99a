import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import Testing

@testable import TenureWeb

/// What a browser and a program can say of signals, and what comes of it.
@Suite struct SignalPageTests {
    /// One account with one user, whose signal is open, one with three, whose is not, and who is signed in.
    private func house() async throws -> (house: TestHouse, id: String, session: HTTPFields) {
        let house = try await TestHouse()
        try await house.fill(accounts: 2)
        let id = try #require(house.workspace.account("co-1")).id.text
        return (house, id, try await house.signIn())
    }

    private func post(_ house: TestHouse, _ session: HTTPFields, _ path: String, _ form: String) async -> Answer {
        let page = await house.ask(.get, Links.signals, session).text
        let token = page.firstRange(of: "form_token\" value=\"").map { String(page[$0.upperBound...].prefix { $0 != "\"" }) }
        var fields = session
        fields[.contentType] = "application/x-www-form-urlencoded"
        return await house.ask(.post, path, fields, body: Array("form_token=\(token ?? "")&\(form)".utf8))
    }

    private func state(_ house: TestHouse) -> SignalState? {
        house.workspace.account("co-1")?.conclusions.signal("few_users")
    }

    @Test func `a browser marks a signal false, with its reason, and comes back to where it was`() async throws {
        let (house, id, session) = try await house()
        #expect(await house.ask(.get, Links.signals, session).text.contains("Company 1"))
        let path = Links.signal(id, "few_users") + "/false-alarm"
        let answer = await post(house, session, path, "reason=Only+a+pilot&back=%2Fsignals%3Fseverity%3Dhigh")
        #expect(answer.status == .seeOther && answer.fields[.location] == "/signals?severity=high")
        #expect(state(house)?.isOpen == false && state(house)?.falseAlarm?.by == "ada")
        #expect(!(await house.ask(.get, Links.signals, session).text.contains("Company 1")))
        let marked = await house.ask(.get, Links.signals + "?state=false_alarm", session).text
        #expect(marked.contains("Company 1") && marked.contains("Only a pilot"))
        #expect(await house.ask(.get, Links.account(id), session).text.contains("False alarm: Few users"))
        let back = await post(house, session, Links.signal(id, "few_users") + "/taken-back", "what=false_alarm&back=//evil.example")
        #expect(back.fields[.location] == Links.account(id) && state(house)?.isOpen == true)
    }

    @Test func `a form without its token, its reason or with days that are none changes nothing`() async throws {
        let (house, id, session) = try await house()
        let path = Links.signal(id, "few_users")
        var fields = session
        fields[.contentType] = "application/x-www-form-urlencoded"
        #expect(await house.ask(.post, path + "/false-alarm", fields, body: Array("reason=r".utf8)).status == .forbidden)
        #expect(await post(house, session, path + "/false-alarm", "reason=").status.code == 422)
        #expect(await post(house, session, path + "/snooze", "days=many").status.code == 422)
        #expect(await post(house, session, path + "/taken-back", "what=everything").status.code >= 400)
        #expect(state(house)?.isOpen == true && state(house)?.snoozedUntil == nil)
    }

    @Test func `acknowledging for some days ends by itself, on the page and in the API`() async throws {
        let (house, id, session) = try await house()
        #expect(await post(house, session, Links.signal(id, "few_users") + "/acknowledgement", "days=2").status == .seeOther)
        let now = await house.api(.get, "/signals?state=acknowledged").json["items"]?.array?.first?.object
        #expect(now?["acknowledged_by"] == "ada" && now?["acknowledged_until"]?.string != nil)
        #expect(await house.api(.get, "/signals?state=new").json["total"]?.int == 0)
        await house.pass(days: 3)
        let later = await house.api(.get, "/signals?state=new").json["items"]?.array?.first?.object
        #expect(later?["acknowledged_by"] == .null)
    }

    @Test func `each word is taken back by deleting it, once`() async throws {
        let (house, _, _) = try await house()
        let path = "/accounts/co-1/signals/few_users/"
        for (word, body) in [
            ("acknowledgement", "{}"), ("snooze", #"{"days": 3}"#), ("confirmation", "{}"),
            ("false-alarm", #"{"reason": "r", "days": 9, "keep_plays": true}"#),
        ] {
            #expect(await house.api(.post, path + word, body).status == .ok, "\(word)")
            #expect(await house.api(.delete, path + word).status == .ok, "\(word)")
            #expect(await house.api(.delete, path + word).code == "command-refused", "\(word)")
        }
        #expect(state(house)?.isOpen == true && house.workspace.account("co-1")?.conclusions.plays.first?.isRunning == true)
        #expect(await house.api(.post, path + "false-alarm", "{}").code == "validation-failed")
        #expect(await house.api(.post, path + "false-alarm", #"{"reason": "r", "keep_plays": 1}"#).code == "validation-failed")
        #expect(await house.api(.post, "/accounts/co-2/signals/few_users/confirmation").code == "command-refused")
    }

    @Test func `the list is filtered, and refuses what it does not know`() async throws {
        let (house, _, session) = try await house()
        for (query, count) in [
            ("", 1), ("?severity=high", 1), ("?severity=low", 0), ("?owner=ada", 1), ("?owner=bob", 0), ("?state=snoozed", 0),
            ("?signal=few_users", 1),
        ] {
            #expect(await house.api(.get, "/signals" + query).json["total"]?.int == Int64(count), "\(query)")
            #expect(await house.ask(.get, Links.signals + query, session).text.contains("Signals: \(count)<"), "\(query)")
        }
        for query in ["?state=closed", "?severity=huge", "?signal=nope", "?colour=red"] {
            #expect(await house.api(.get, "/signals" + query).code == "invalid-parameter", "\(query)")
        }
    }

    @Test func `precision counts what people judged, and is unknown of too few`() async throws {
        let (house, _, session) = try await house()
        _ = await house.api(.post, "/accounts/co-1/signals/few_users/false-alarm", #"{"reason": "A pilot"}"#)
        let item = await house.api(.get, "/signals/precision").json["items"]?.array?.first?.object
        let window = try #require(item?["windows"]?.array?.first?.object)
        #expect(window["ended"] == 1 && window["right"] == 0 && window["false_alarms"] == 1 && window["unjudged"] == 0)
        #expect(window["precision"]?.object?["percent"] == .null && window["precision"]?.object?["whole"] == 1)
        let page = await house.ask(.get, Links.signalEpisodes("few_users", days: 90), session).text
        #expect(page.contains("false alarm (api:tool: A pilot)") && page.contains("Company 1"))
        #expect(await house.ask(.get, "/signals/few_users/episodes?days=7", session).status == .badRequest)
    }
}
