import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// One thing at many accounts: prepared, shown, confirmed, undone.
@Suite struct BulkTests {
    /// Five accounts; the play runs at the first already, since its signal is open there.
    private func browser() async throws -> Browser {
        let house = try await TestHouse()
        try await house.fill(accounts: 5)
        return try await Browser(house)
    }

    private func ids(_ browser: Browser) -> [String] { browser.house.workspace.accounts().map(\.id.text) }

    private func ticks(_ browser: Browser, _ more: [String: String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: ids(browser).map { ("account." + $0, "on") }).merging(more) { $1 }
    }

    private func running(_ browser: Browser) -> Int {
        browser.house.workspace.accounts().count { $0.conclusions.lastRun(of: "invite")?.isRunning == true }
    }

    private func draft(_ browser: Browser, _ fields: [String: String]) async throws -> (path: String, page: String) {
        let answer = try await browser.send(Links.bulk, fields)
        let path = try #require(answer.fields[.location], "\(answer.text)")
        return (path, await browser.read(path))
    }

    @Test func `who would get what is shown first, and who is skipped with the engine's reason`() async throws {
        let browser = try await browser()
        let (path, page) = try await draft(browser, ticks(browser, ["do": "start", "play": "invite"]))
        #expect(page.contains("4 accounts would get it") && page.contains("1 account is skipped"))
        #expect(page.contains("Ask the admin (Ada)"))
        #expect(page.contains("The play is running already. Since 9 Mar 2026, 11:00."))
        #expect(running(browser) == 1)
        let done = try await browser.follow(path)
        #expect(done.contains("Start: Invite users, for 4 accounts.") && done.contains("4 accounts got it"))
        #expect(running(browser) == 5)
    }

    @Test func `all that a filter finds are meant, on other pages of the list too`() async throws {
        let browser = try await browser()
        let (_, page) = try await draft(
            browser, ["do": "start", "play": "invite", "all": "on", "query": "band=healthy&limit=1"])
        let healthy = browser.house.workspace.accounts().count {
            AccountReport($0, browser.house.workspace.programme, now: TestHouse.now).band?.id == "healthy"
        }
        #expect(healthy == 3 && page.contains("3 accounts would get it"))
    }

    @Test func `a batch that is confirmed twice is carried out once`() async throws {
        let browser = try await browser()
        let (path, _) = try await draft(browser, ticks(browser, ["do": "start", "play": "invite"]))
        async let first = browser.send(path)
        async let second = browser.send(path)
        let statuses = try await [first.status, second.status]
        #expect(statuses == [.seeOther, .seeOther])
        _ = try await browser.send(path)
        #expect(browser.house.workspace.accounts().map { $0.conclusions.plays.count } == [1, 1, 1, 1, 1])
    }

    @Test func `one undo stops all of it, and says what it leaves`() async throws {
        let browser = try await browser()
        let (path, _) = try await draft(browser, ticks(browser, ["do": "start", "play": "invite"]))
        let done = try await browser.follow(path)
        let other = try #require(browser.house.workspace.account("co-4"))
        _ = await browser.house.api(.post, "/accounts/co-4/plays/1/stop", #"{"outcome": "solved"}"#)
        let undone = try await browser.undo(done)
        #expect(undone.contains("Company 4 stays as it is: The play has ended since: solved."))
        #expect(running(browser) == 1 && other.conclusions.plays.count == 1)
        #expect(browser.house.workspace.account("co-4")?.conclusions.lastRun(of: "invite")?.ended?.outcome == "solved")
        #expect(try await browser.send(Links.undo, ["receipt": String(path.dropFirst("/bulk/".count))]).status == .seeOther)
    }

    @Test func `accounts are handed over together and go back to whom they came from`() async throws {
        let browser = try await browser()
        _ = await browser.house.api(.put, "/accounts/co-2/owners/csm", #"{"person": "grace"}"#)
        _ = await browser.house.api(.put, "/accounts/co-3/owners/csm", #"{"person": "linus"}"#)
        let (path, page) = try await draft(browser, ticks(browser, ["do": "hand_over", "role": "csm", "person": "grace"]))
        #expect(page.contains("linus → grace") && page.contains("grace has it already."))
        let done = try await browser.follow(path)
        #expect(done.contains("4 accounts got it"))
        let owners = { browser.house.workspace.accounts().compactMap { $0.observations.profile["csm"]?.string }.sorted() }
        #expect(owners() == ["grace", "grace", "grace", "grace", "grace"])
        _ = try await browser.undo(done)
        #expect(owners() == ["ada", "ada", "ada", "grace", "linus"])
    }

    @Test func `a batch that ended half-way is finished, and undone as a whole`() async throws {
        let browser = try await browser()
        let workspace = browser.house.workspace
        let desk = BatchDesk(workspace: workspace, author: "ada")
        var batch = try await desk.draft(.handOver(role: "csm", person: "grace"), at: workspace.accounts().map(\.id))
        // As it is on disk when the process ends after the first of its commands.
        let owners = workspace.accounts().map { ($0.id, "ada") }
        batch.begun = .init(at: workspace.now, owners: Dictionary(uniqueKeysWithValues: owners))
        try await Batches(workspace: workspace).keep(batch)
        _ = try await workspace.perform([
            Arrival(
                id: "batch-" + workspace.keys.name("batch", "\(batch.id)\0\(batch.accounts[0])"), source: "ada",
                type: FactType.ownerAssigned, subject: .resolved(batch.accounts[0]),
                data: ["role": "csm", "person": "grace", "author": "ada"])
        ])
        let done = try await browser.follow(Links.batch(batch.id))
        #expect(done.contains("5 accounts got it") && !done.contains("skipped"))
        _ = try await browser.undo(done)
        #expect(workspace.accounts().compactMap { $0.observations.profile["csm"]?.string } == Array(repeating: "ada", count: 5))
    }

    @Test func `a form without a choice comes back with its ticks`() async throws {
        let browser = try await browser()
        let one = try #require(ids(browser).first)
        let answer = try await browser.send(Links.bulk, ["do": "start", "account." + one: "on", "query": "sort=name"])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("Choose a play to start.") && answer.text.contains("name=\"account.\(one)\" value=\"on\""))
        #expect(answer.text.ranges(of: " checked>").count == 1)
        let none = try await browser.send(Links.bulk, ["do": "start", "play": "invite"])
        #expect(none.text.contains("Tick accounts first, or choose all of the list."))
        #expect(try await browser.send(Links.bulk, ["do": "start", "play": "nothing", "all": "on"]).status == .unprocessableContent)
    }

    @Test func `nobody confirms what somebody else prepared`() async throws {
        let browser = try await browser()
        let (path, _) = try await draft(browser, ticks(browser, ["do": "start", "play": "invite"]))
        try await browser.house.workspace.write {
            $0.settings.append((name: "teammate:eve", value: Teammate(id: "eve", name: "Eve", email: "").text))
        }
        let eve = try await Browser(browser.house, as: "eve")
        #expect(await !eve.read(path).contains("Do it for"))
        #expect(try await eve.send(path).status == .notFound)
        #expect(running(browser) == 1)
    }

    @Test func `programs prepare, run and undo a batch`() async throws {
        let browser = try await browser()
        let house = browser.house
        let body = #"{"action": {"kind": "start", "play": "invite"}, "accounts": ["co-1", "co-2", "co-3"]}"#
        let draft = await house.api(.post, "/bulk", body)
        #expect(draft.status == .created && draft.json["accounts"]?.array?.count == 2)
        let reason = draft.json["skipped"]?.array?.first?.object?["reason"]?.string
        #expect(reason?.hasPrefix("The play is running already.") == true)
        let id = try #require(draft.json["id"]?.string)
        #expect(running(browser) == 1)
        let run = await house.api(.post, "/bulk/\(id)/run")
        #expect(run.json["done"] == true && run.json["accounts"]?.array?.count == 2 && running(browser) == 3)
        #expect(await house.api(.post, "/bulk/\(id)/run").json == run.json && running(browser) == 3)
        let undone = await house.api(.post, "/bulk/\(id)/undo")
        #expect(undone.json["undone"] == 2 && running(browser) == 1)
        #expect(await house.api(.post, "/bulk/\(id)/undo").code == "nothing-to-undo")
        #expect(await house.api(.post, "/bulk", #"{"accounts": ["co-1"]}"#).code == "validation-failed")
        let unknown = #"{"action": {"kind": "start", "play": "invite"}, "accounts": ["co-77"]}"#
        #expect(await house.api(.post, "/bulk", unknown).code == "validation-failed")
    }
}
