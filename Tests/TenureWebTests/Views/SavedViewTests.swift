import HTTPTypes
import TenureCore
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// Lists of accounts that are kept under a name.
@Suite struct SavedViewTests {
    private func browser() async throws -> Browser {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        try await house.workspace.write {
            $0.settings.append((name: "teammate:eve", value: Teammate(id: "eve", name: "Eve", email: "").text))
        }
        return try await Browser(house)
    }

    private let query = "band=healthy&sort=-arr&where.tier=basic"

    @Test func `a list is saved with its filter and order, and is one link away`() async throws {
        let browser = try await browser()
        let page = try await browser.follow(Links.views, ["name": "Big & healthy", "query": query])
        #expect(page.contains(#"href="/accounts?band=healthy&amp;sort=-arr&amp;where.tier=basic" aria-current="true"><bdi>Big &amp; healthy</bdi>"#))
        #expect(page.contains("Company 3") && !page.contains("Company 1<"))
        #expect(await !browser.read("/accounts").contains(#"aria-current="true"><bdi>Big"#))
    }

    @Test func `one's own views are seen by nobody else, shared ones by all, and only their owner removes them`() async throws {
        let browser = try await browser()
        _ = try await browser.send(Links.views, ["name": "Mine", "query": query])
        _ = try await browser.send(Links.views, ["name": "Ours", "query": query, "shared": "on"])
        let eve = try await Browser(browser.house, as: "eve")
        let seen = await eve.read("/accounts")
        #expect(seen.contains("<bdi>Ours</bdi>") && !seen.contains("<bdi>Mine</bdi>"))
        let views = try await SavedViews(workspace: browser.house.workspace).all(for: "ada")
        let ours = try #require(views.first { $0.name == "Ours" })
        #expect(try await eve.send(Links.viewRemoval(ours.id)).status == .notFound)
        #expect(!seen.contains("/removal"))
        _ = try await browser.send(Links.viewRemoval(ours.id))
        #expect(await !eve.read("/accounts").contains("<bdi>Ours</bdi>"))
    }

    @Test func `a column of any field or metric is added, saved with the view, and every value of it is explained`() async throws {
        let browser = try await browser()
        let page = await browser.read("/accounts?columns=field:mode,field:csm&column=metric:users.active.7d&sort=name")
        #expect(page.contains(#"<a href="/accounts?sort=name&amp;columns=field%3Amode%2Cfield%3Acsm" title="Remove this column">Active users, 7 d "#))
        #expect(page.contains(#"<td data-label="Mode"><span class="quiet">unknown</span></td>"#))
        #expect(PageText(page).bare == [])
        let saved = try await browser.follow(Links.views, ["name": "Use", "query": "columns=metric%3Ausers.active.7d"])
        #expect(saved.contains(#"href="/accounts?columns=metric%3Ausers.active.7d" aria-current="true""#))
        let items = await browser.house.api(.get, "/accounts?columns=metric:users.active.7d,field:csm&sort=name").json["items"]?.array
        #expect(items?.last?.object?["columns"] == ["metric:users.active.7d": 3.0, "field:csm": "ada"])
        #expect(await browser.house.api(.get, "/accounts?columns=field:nothing").code == "invalid-parameter")
    }

    @Test func `the same name is given to the newer list, and a name is needed`() async throws {
        let browser = try await browser()
        _ = try await browser.send(Links.views, ["name": "Mine", "query": query])
        _ = try await browser.send(Links.views, ["name": "Mine", "query": "sort=name"])
        let views = try await SavedViews(workspace: browser.house.workspace).all(for: "ada")
        #expect(views.map(\.query) == ["sort=name"])
        let nameless = try await browser.send(Links.views, ["name": "", "query": query])
        #expect(nameless.status == .unprocessableContent && nameless.text.contains("A view has a name of 1 to 100 bytes."))
        #expect(try await browser.send(Links.views, ["name": "x", "query": "nonsense=1"]).status == .badRequest)
    }
}
