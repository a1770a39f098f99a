import HTTPTypes
import TenureCore
import TenureInsight
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// Finding an account by what one remembers of it.
@Suite struct SearchTests {
    private func browser() async throws -> Browser {
        let house = try await TestHouse()
        let accounts = [
            ("northwind", "Northwind Traders"), ("wind-9", "Windmill"), ("acme", "The Wind Company"), ("zephyr", "Zephyr"),
        ]
        for (id, name) in accounts {
            _ = await house.send("/v1/group", #"{"groupId": "\#(id)", "messageId": "g-\#(id)", "traits": {"name": "\#(name)"}}"#)
        }
        let identify =
            #"{"userId": "u1", "messageId": "i1", "traits": {"name": "Renée Windsor", "email": "renee@zephyr.example"}, "context": {"groupId": "zephyr"}}"#
        #expect(await house.send("/v1/identify", identify).status == .ok)
        _ = await house.api(.post, "/accounts/zephyr/notes", #"{"text": "after it"}"#)
        return try await Browser(house)
    }

    private func found(_ browser: Browser, _ text: String) async -> [String] {
        let body = await browser.house.api(.get, "/search?q=" + PercentCoding.encode(text)).json
        return (body["items"]?.array ?? []).compactMap { $0.object?["name"]?.string }
    }

    @Test func `the best match comes first: what begins so, then a word, then a part, then people`() async throws {
        let browser = try await browser()
        #expect(await found(browser, "wind") == ["Windmill", "The Wind Company", "Northwind Traders", "Zephyr"])
        #expect(await found(browser, " WINDMILL ") == ["Windmill"])
        #expect(await found(browser, "acme") == ["The Wind Company"])
        #expect(await found(browser, "nothing") == [])
        #expect(await found(browser, "") == [])
    }

    @Test func `people are found by name and address, and the page says who it was`() async throws {
        let browser = try await browser()
        #expect(await found(browser, "zephyr.example") == ["Zephyr"])
        let page = await browser.read("/search?q=renee")
        #expect(page.contains("person: <bdi>Renée Windsor &lt;renee@zephyr.example&gt;</bdi>"))
        #expect(page.contains("data-row autofocus>"))
        #expect(await browser.read("/search?q=%3Cscript%3E").contains("Nothing fits."))
    }

    @Test func `a search is bounded`() async throws {
        let browser = try await browser()
        let many = (0..<60).map { number in
            Arrival(
                id: "many\(number)", source: "t", type: "account.changed", subject: .account("many-\(number)"),
                data: ["name": .string("Many \(number)")])
        }
        _ = try await browser.house.workspace.perform(many)
        let body = await browser.house.api(.get, "/search?q=many").json
        #expect(body["items"]?.array?.count == AccountSearch.hitsMax && body["total"] == 60)
        #expect(await browser.house.api(.get, "/search?q=" + String(repeating: "a", count: 201)).code == "invalid-parameter")
    }

    @Test func `every page has the search field, and its script comes from here alone`() async throws {
        let browser = try await browser()
        for path in ["/", "/portfolio", "/accounts/acme", "/search"] {
            let page = await browser.house.ask(.get, path, browser.session)
            #expect(page.text.contains(#"<input id="search" name="q""#), "\(path)")
            #expect(page.fields[.contentSecurityPolicy]?.contains("script-src 'self';") == true)
        }
        let script = await browser.house.ask(.get, Links.script)
        #expect(script.fields[.contentType] == "text/javascript; charset=utf-8" && script.text.contains("keydown"))
    }

    @Test(arguments: [
        ("Acme", "acme", 0), ("Acme Corp", "acme", 1), ("The Acme Corp", "acme", 2), ("Megacme", "acme", 3),
        ("ops@acme.example", "acme", 2),
    ])
    func `a match is ranked by how it fits`(text: String, wanted: String, rank: Int) {
        #expect(FoldedText(text).rank(of: FoldedText(wanted)) == rank)
        #expect(FoldedText(text).rank(of: FoldedText("other")) == nil)
    }
}
