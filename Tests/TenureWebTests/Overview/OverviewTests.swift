import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import Testing

@testable import TenureWeb

/// The first page, Today and what they open into, of a portfolio whose answers are known.
@Suite struct OverviewTests {
    /// Monday 9 March 2026, 11:00. Use that fades after a week makes an account critical nine days later.
    private func add(
        _ name: String, arr: Double, ends: String?, noticeBy: String? = nil, users: Int, csm: String = "ada@v.example",
        to house: TestHouse
    ) async throws {
        var data: JSONObject = ["name": .string(name), "arr": .double(arr), "csm": .string(csm), "tier": "basic"]
        if let ends { data["term_end"] = .string(ends) }
        if let noticeBy { data["notice_by"] = .string(noticeBy) }
        var arrivals = [Arrival(id: "a-" + name, source: "t", type: FactType.accountChanged, subject: .account(name), data: data)]
        for user in 0..<users {
            arrivals.append(
                Arrival(id: "s-\(name)-\(user)", source: "t", type: "user.session", subject: .account(name), user: "\(name)-\(user)"))
        }
        _ = try await house.workspace.perform(arrivals)
    }

    private func portfolio() async throws -> TestHouse {
        let house = try await TestHouse()
        // In use on Monday 16 March, not any more on Wednesday 18 March.
        try await add("fading", arr: 120_000, ends: "2026-03-31", noticeBy: "2026-03-25", users: 3, to: house)
        // Hardly in use: critical from the first day on.
        try await add("idle", arr: 50_000, ends: "2026-03-25", users: 1, to: house)
        // Ends in another quarter.
        try await add("later", arr: 20_000, ends: "2026-05-01", users: 1, csm: "grace@v.example", to: house)
        // Nothing is known of its contract.
        try await add("open", arr: 900_000, ends: nil, users: 3, to: house)
        return house
    }

    private func use(_ name: String, on day: Int, users: Int = 3, of house: TestHouse) async throws {
        let arrivals = (0..<users).map {
            Arrival(id: "u-\(name)-\(day)-\($0)", source: "t", type: "user.session", subject: .account(name), user: "\(name)-\($0)")
        }
        _ = try await house.workspace.perform(arrivals)
    }

    @Test func `the sentence tells what is at risk this quarter and what was on Monday`() async throws {
        let house = try await portfolio()
        await house.pass(days: 3)
        try await use("open", on: 3, of: house)
        await house.pass(days: 4)
        var risk = try await house.workspace.overview().risk
        #expect((risk.quarter.lowerBound.text, risk.quarter.upperBound.text) == ("2026-01-01", "2026-03-31"))
        #expect(risk.parts.all.map(\.row.report.externalID) == ["fading", "idle"])
        #expect((risk.renewing, risk.atRisk, risk.wasAtRisk) == (17_000_000, 5_000_000, 5_000_000))
        try await use("open", on: 7, of: house)
        await house.pass(days: 2)
        risk = try await house.workspace.overview().risk
        #expect((risk.atRisk, risk.wasAtRisk, risk.move) == (17_000_000, 5_000_000, 12_000_000))
        let page = await house.ask(.get, Links.home, try await house.signIn()).text
        #expect(page.contains(">USD 170,000</a> of the <a href=\"/renewals\">USD 170,000</a> that renews until 31 Mar 2026"))
        #expect(page.contains("USD 120,000 more than on Monday") && page.contains("1 got worse since Monday"))
        let renewals = await house.ask(.get, Links.renewals, try await house.signIn()).text
        #expect(renewals.contains("at risk since Monday") && renewals.contains("at risk, as on Monday"))
    }

    @Test func `who needs someone comes by stake, then by the notice date, then by how long nobody attended`() async throws {
        let house = try await portfolio()
        // The same step of revenue as `idle`: the nearer notice comes first.
        try await add("near", arr: 40_000, ends: "2026-04-30", noticeBy: "2026-03-20", users: 1, to: house)
        await house.pass(days: 9)
        try await use("open", on: 9, of: house)
        let overview = try await house.workspace.overview()
        #expect(overview.needs.all.map(\.account.row.report.externalID) == ["fading", "near", "idle", "later"])
        #expect(overview.quiet == 1 && overview.customers.count == 5)
        #expect(overview.noticesNear.all.map(\.row.report.externalID) == ["near", "fading"])
        #expect(overview.needs.all.first { $0.account.row.report.externalID == "idle" }?.unattendedSince != nil)
        _ = await house.api(.post, "/accounts/idle/signals/few_users/acknowledgement", #"{"days": 90}"#)
        let attended = try await house.workspace.overview().needs.all.first { $0.account.row.report.externalID == "idle" }
        #expect(attended != nil && attended?.unattendedSince == nil)
    }

    @Test func `who left is no customer, and who gave notice is at risk whatever the band`() async throws {
        let house = try await portfolio()
        _ = await house.api(
            .post, "/accounts/fading/churn-notice", #"{"scope": "full", "effective_at": "2026-03-12T00:00:00Z"}"#)
        #expect(try await house.workspace.overview().needs.all.first?.account.isLeaving == true)
        #expect(try await house.workspace.overview().risk.atRisk == 17_000_000)
        await house.pass(days: 4)
        let overview = try await house.workspace.overview()
        #expect(!overview.customers.contains { overview.table.rows[$0].report.externalID == "fading" } && overview.risk.renewing == 5_000_000)
    }

    @Test func `the record of warnings names who was flagged in time and who was missed`() async throws {
        let house = try await portfolio()
        // Counted is from day 56 on; to be judged, one has to be watched 60 days before its notice.
        for day in 1...26 {
            await house.pass(days: 5)
            try await use("open", on: day, of: house)
        }
        // `idle` stood flagged from its first day on; `open` was in use until its notice.
        for name in ["idle", "open"] {
            _ = await house.api(.post, "/accounts/\(name)/churn-notice", #"{"scope": "full"}"#)
        }
        await house.pass(days: 1)
        let verdict = try await house.workspace.warningRecord()
        let outcomes = Dictionary(uniqueKeysWithValues: verdict.tally.lost.map { ($0.account.id, $0.outcome) })
        #expect(outcomes == ["idle": .inTime, "open": .missed])
        #expect((verdict.tally.flagged.part, verdict.tally.flagged.whole) == (1, 2) && verdict.unflagged.map(\.account.id) == ["open"])
        // Wilson's interval of one in two.
        #expect(abs(verdict.tally.flagged.low - 0.0945) < 0.001 && abs(verdict.tally.flagged.high - 0.9055) < 0.001)
        let session = try await house.signIn()
        let page = await house.ask(.get, Links.warnings, session).text
        #expect(page.contains("flagged in time") && page.contains("missed") && page.contains("No alert."))
        #expect(await house.ask(.get, Links.home, session).text.contains(">1 of 2</a>"))
    }

    @Test func `today shows one person's accounts and what changed since that person looked`() async throws {
        let house = try await portfolio()
        let session = try await house.signIn()
        let mine = await house.ask(.get, Links.today, session).text
        #expect(mine.contains("<bdi>idle</bdi>") && !mine.contains("<bdi>later</bdi>"))
        let all = await house.ask(.get, Links.today + "?person=all", session).text
        #expect(all.contains("<bdi>later</bdi>") && all.contains("raised: Few users"))
        let token = try #require(all.firstMatch(of: #/name="form_token" value="(\w+)"/#)?.output.1)
        var fields = session
        fields[.contentType] = "application/x-www-form-urlencoded"
        fields[.origin] = "http://localhost:8080"
        let seen = await house.ask(.post, Links.today + "/seen", fields, body: Array("form_token=\(token)&person=all".utf8))
        #expect(seen.status == .seeOther)
        let after = await house.ask(.get, Links.today + "?person=all", session).text
        #expect(after.contains("No band moved and no signal was raised"))
    }

    @Test func `one press on today looks after all that waits at an account, and stays with the person`() async throws {
        let house = try await portfolio()
        let session = try await house.signIn()
        let page = await house.ask(.get, Links.today + "?person=all", session).text
        let idle = try #require(house.workspace.account("idle")).id.text
        let path = Links.account(idle) + "/attention"
        #expect(page.contains(#"action="\#(path)""#) && page.contains(#"name="back" value="/today?person=all""#))
        let token = try #require(page.firstMatch(of: #/name="form_token" value="(\w+)"/#)?.output.1)
        var fields = session
        fields[.contentType] = "application/x-www-form-urlencoded"
        fields[.origin] = "http://localhost:8080"
        let form = "form_token=\(token)&back=%2Ftoday%3Fperson%3Dall"
        let pressed = await house.ask(.post, path, fields, body: Array(form.utf8))
        #expect(pressed.status == .seeOther && pressed.fields[.location] == "/today?person=all")
        let signals = try #require(house.workspace.row(idle)).signals
        #expect(!signals.isEmpty && signals.allSatisfy { !$0.isWaiting(at: house.workspace.now) })
        #expect(await !house.ask(.get, Links.today + "?person=all", session).text.contains(path))
    }
}
