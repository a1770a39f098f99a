import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import Testing

@testable import TenureWeb

/// KPIs in the API and on pages.
struct KPITests {
    private func items(_ house: TestHouse, _ query: String = "") async -> [String: JSONObject] {
        let items = await house.api(.get, "/portfolio/kpis" + query).json["items"]?.array?.compactMap(\.object) ?? []
        return Dictionary(items.compactMap { item in item["id"]?.string.map { ($0, item) } }) { first, _ in first }
    }

    @Test func `a KPI has value, band, target and trend`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        let now = await items(house)
        #expect(now["active_users"]?["value"]?.number == 2 && now["active_users"]?["band"] == "low")
        #expect(now["active_users"]?["on_target"] == true && now["active_users"]?["target"] == ["at_least": 2.0])
        #expect(now["active_users"]?["trend"] == .null && now["active_users"]?["before"]?.object?["accounts"] == 0)
        #expect(now["in_use"]?["value"]?.number == 66.666667 && now["in_use"]?["known"] == 3)
        #expect(now["kept"]?["value"] == .null && now["kept"]?["on_target"] == .null)
        // Nobody comes back: a week later the windows still hold the day, and then they do not.
        await house.pass(days: 7)
        #expect(await items(house)["active_users"]?["trend"] == "stable")
        await house.pass(days: 1)
        let then = await items(house)
        #expect(then["active_users"]?["value"]?.number == 0 && then["active_users"]?["trend"] == "declining")
        #expect(then["active_users"]?["before"]?.object?["value"]?.number == 2)
        #expect(then["in_use"]?["value"]?.number == 0 && then["in_use"]?["on_target"] == false)
    }

    @Test func `an account has its own, and a filter takes only some accounts`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        let own = await house.api(.get, "/accounts/co-3").json["kpis"]?.array?.compactMap(\.object) ?? []
        #expect(own.map { $0["id"] } == ["active_users"])
        #expect(own.first?["value"]?.number == 3 && own.first?["band"] == "good")
        #expect(await items(house, "?where.csm=ada")["active_users"]?["known"] == 3)
        #expect(await items(house, "?where.csm=bob")["active_users"]?["value"] == .null)
    }

    @Test func `a KPI opens into its accounts, page by page`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        var rows: [JSONObject] = []
        var path: String? = "/portfolio/kpis/in_use/accounts?limit=2&where.csm=ada"
        while let next = path {
            let answer = await house.api(.get, next)
            #expect(answer.status == .ok)
            rows += answer.json["items"]?.array?.compactMap(\.object) ?? []
            path = answer.fields[.link].map { link in String(link.dropFirst("</api/v1".count).prefix { $0 != ">" }) }
        }
        let parts = Dictionary(rows.compactMap { row in row["external_id"]?.string.map { ($0, row["part"]?.string ?? "") } }) { $1 }
        #expect(rows.count == 3 && parts == ["co-1": "fails", "co-2": "passes", "co-3": "passes"])
        #expect(rows.compactMap { $0["metrics"]?.object?["users.active.7d"]?.number }.reduce(0, +) == 6)
        #expect(await house.api(.get, "/portfolio/kpis/in_use").json["value"]?.number == 66.666667)
        #expect(await house.api(.get, "/portfolio/kpis/kept/accounts").json["items"] == [])
    }

    @Test(arguments: [
        ("/portfolio/kpis/nothing", "not-found"), ("/portfolio/kpis/nothing/accounts", "not-found"),
        ("/portfolio/kpis?from=2026-01-01", "invalid-parameter"), ("/portfolio/kpis?where.shoe_size=4", "invalid-parameter"),
        ("/portfolio/kpis/in_use/accounts?limit=0", "invalid-parameter"), ("/portfolio/kpis/in_use/accounts?cursor=x", "invalid-cursor"),
    ])
    func `a wrong question is refused`(path: String, code: String) async throws {
        let house = try await TestHouse()
        #expect(await house.api(.get, path).code == code)
    }

    @Test func `pages show them, and each number leads on`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        await house.pass(days: 9)
        let session = try await house.signIn()
        let id = try #require(house.workspace.account("co-3")).id.text
        let account = await house.ask(.get, Links.account(id), session).text
        #expect(account.contains("Hardly used") && account.contains("at least 2") && account.contains("declining"))
        let portfolio = await house.ask(.get, Links.portfolio, session).text
        #expect(portfolio.contains("Our business") && portfolio.contains(Links.kpi("in_use")))
        for name in ["active_users", "in_use", "kept"] {
            let page = await house.ask(.get, Links.kpi(name), session)
            #expect(page.status == .ok && PageText(page.text).bare == [], "\(name)")
            for link in PageText(page.text).links where link.hasPrefix("/") {
                #expect(await house.ask(.get, link, session).status == .ok, "\(link)")
            }
        }
        #expect(await house.ask(.get, Links.kpi("nothing"), session).status == .notFound)
    }
}
