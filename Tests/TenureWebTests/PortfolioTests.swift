import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import Testing

@testable import TenureWeb

struct PortfolioAPITests {
    @Test func `all accounts together, and by a field`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 4)
        let body = await house.api(.get, "/portfolio?group=csm&measure=arr").json
        #expect(body["accounts"] == 4)
        #expect(body["arr"] == 10_000)
        #expect(body["measure"]?.object?["mean"]?.number == 2500)
        #expect(body["measure"]?.object?["min"]?.number == 1000)
        // (1 + 4 + 9 + 16) / 10 thousand
        #expect(body["measure"]?.object?["arr_weighted_mean"]?.number == 3000)
        let groups = body["groups"]?.array ?? []
        #expect(groups.map { $0.object?["value"] } == ["ada"])
        #expect(groups.first?.object?["accounts"] == 4)
        let bands = body["bands"]?.array?.compactMap { $0.object?["accounts"]?.int } ?? []
        #expect(bands.reduce(0, +) == 4)
    }

    @Test func `a filter takes only what has the value`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        #expect(await house.api(.get, "/portfolio?where.csm=ada").json["accounts"] == 3)
        #expect(await house.api(.get, "/portfolio?where.csm=bob").json["accounts"] == 0)
        #expect(await house.api(.get, "/portfolio?where.csm=bob").json["health"]?.object?["mean"] == .null)
    }

    @Test func `the number of accounts of a group leads to the list of just these`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        let plain = Arrival(
            id: "g4", source: "t", type: FactType.accountChanged, subject: .account("co-4"), data: ["name": "Company 4", "csm": "bob"])
        _ = try await house.workspace.perform([plain])
        func list(_ query: String) async -> [String] {
            (await house.api(.get, "/accounts?" + query).json["items"]?.array ?? []).compactMap { $0.object?["name"]?.string }.sorted()
        }
        #expect(await list("where.tier=basic") == ["Company 1", "Company 2", "Company 3"])
        #expect(await list("without=tier") == ["Company 4"])
        #expect(await list("without=tier&where.csm=ada") == [])
        #expect(await house.api(.get, "/portfolio?without=tier").json["accounts"] == 1)
        #expect(await house.api(.get, "/accounts?without=shoe_size").code == "invalid-parameter")
        let page = await house.ask(.get, Links.portfolio + "?group=tier", try await house.signIn()).text
        #expect(page.contains(#"<a href="/accounts?where.tier=basic">3</a>"#) && page.contains(#"<a href="/accounts?without=tier">1</a>"#))
    }

    @Test(arguments: [
        "group=shoe_size", "without=shoe_size", "where.shoe_size=4", "measure=nothing", "from=2026-01-02&to=2026-01-01", "from=soon",
        "to=2026-02-30", "from=0001-01-01", "figure=nrr", "limit=0",
    ])
    func `a wrong parameter is refused`(query: String) async throws {
        let house = try await TestHouse()
        #expect(await house.api(.get, "/portfolio?" + query).code == "invalid-parameter")
    }

    @Test(arguments: ["figure=wealth", "limit=0&figure=nrr", "measure=arr", "group=shoe_size", "figure=nrr&cursor=x"])
    func `a wrong parameter of revenue is refused`(query: String) async throws {
        let house = try await TestHouse()
        let code = await house.api(.get, "/portfolio/revenue?" + query).code
        #expect(code == "invalid-parameter" || code == "invalid-cursor")
    }

    @Test func `figures open into accounts, page by page, and accounts into events`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 5)
        let body = await house.api(.get, "/portfolio/revenue").json
        let figures = body["figures"]?.array?.compactMap(\.object) ?? []
        let new = figures.first { $0["id"] == "arr.new" }
        #expect(new?["value"] == 15_000)
        #expect(new?["accounts"] == 5)
        #expect(figures.first { $0["id"] == "nrr" }?["value"] == .null)
        var rows: [JSONObject] = []
        var path: String? = "/portfolio/revenue?figure=arr.new&limit=2"
        while let next = path {
            let answer = await house.api(.get, next)
            rows += answer.json["items"]?.array?.compactMap(\.object) ?? []
            #expect(answer.json["figure"]?.object?["value"] == 15_000)
            path = answer.fields[.link].map { link in String(link.dropFirst("</api/v1".count).prefix { $0 != ">" }) }
        }
        #expect(rows.compactMap { $0["part"]?.number }.reduce(0, +) == 15_000)
        #expect(Set(rows.compactMap { $0["external_id"]?.string }) == Set((1...5).map { "co-\($0)" }))
        let step = await house.api(.get, "/accounts/co-3/revenue").json["steps"]?.array?.first?.object
        #expect(step?["arr"]?.number == 3000)
        #expect(step?["event"]?.object?["type"] == "account.changed")
    }
}

struct FamilyTests {
    private func house(_ links: [(child: String, parent: String)]) async throws -> TestHouse {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        for (child, parent) in links {
            let body = #"{"groupId": "\#(child)", "userId": "u", "messageId": "m-\#(child)", "traits": {"parent": "\#(parent)"}}"#
            #expect(await house.send("/v1/group", body).status == .ok)
        }
        // Answered when everything before it is concluded.
        _ = await house.api(.post, "/accounts/co-1/notes", #"{"text": "after all"}"#)
        return house
    }

    private func names(_ body: JSONObject) -> [String] {
        body["members"]?.array?.compactMap { $0.object?["external_id"]?.string } ?? []
    }

    @Test func `an account leads to those below it, and what they come to`() async throws {
        let house = try await house([("co-2", "co-1"), ("co-3", "co-2")])
        let family: JSONObject = await house.api(.get, "/accounts/co-1/family").json
        #expect(names(family).first == "co-1" && Set(names(family)) == ["co-1", "co-2", "co-3"])
        #expect(family["parent"] == .null && family["flaws"] == [])
        let values: [Double?] = family["roll_ups"]?.array?.map { $0.object?["value"]?.number } ?? []
        // (1 × 1 + 2 × 2 + 3 × 3) / 6
        let weighted: Double = 14.0 / 6.0
        let wanted: [Double?] = [6000, 33, 6, weighted, nil]
        #expect(values == wanted)
        #expect(family["roll_ups"]?.array?.last?.object?["known"] == 0)
        let measures = family["members"]?.array?.compactMap { $0.object?["measures"]?.object?["users.active.7d"]?.number }
        #expect(measures?.reduce(0, +) == 6)
        let below = await house.api(.get, "/accounts/co-2/family").json
        #expect(below["parent"]?.object?["external_id"] == "co-1" && names(below) == ["co-2", "co-3"])
        #expect(await house.api(.get, "/accounts/nobody/family").code == "not-found")
        #expect(await house.api(.get, "/accounts/co-1/family?depth=3").code == "invalid-parameter")
    }

    @Test func `a page shows each number with the way to where it comes from`() async throws {
        let house = try await house([("co-2", "co-1"), ("co-3", "co-2")])
        let id = try #require(house.workspace.account("co-2")).id.text
        let page = await house.ask(.get, Links.family(id), try await house.signIn()).text
        #expect(page.contains("Company 3") && page.contains("Below ") && page.contains("mean weighted by ARR"))
        #expect(PageText(page).bare == [])
    }

    @Test func `links that make no tree are cut and told`() async throws {
        let house = try await house([("co-1", "co-2"), ("co-2", "co-1"), ("co-3", "co-3")])
        for name in ["co-1", "co-2", "co-3"] {
            let family = await house.api(.get, "/accounts/\(name)/family").json
            #expect(names(family) == [name] && family["parent"] == .null)
            #expect(family["flaws"]?.array?.map { $0.object?["flaw"] } == ["circle"])
        }
        let other = try await self.house([("co-2", "somebody else")])
        let flaws = await other.api(.get, "/accounts/co-2/family").json["flaws"]?.array
        #expect(flaws?.map { $0.object?["flaw"] } == ["unknown_parent"])
        let id = try #require(other.workspace.account("co-2")).id.text
        let page = await other.ask(.get, Links.family(id), try await other.signIn()).text
        #expect(page.contains("Company 2: its parent is not known"))
    }
}

struct PortfolioPageTests {
    @Test func `the portfolio leads to figures, figures to accounts, accounts to events`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        let cookie = try await house.signIn()
        let page = await house.ask(.get, "/portfolio?group=csm", cookie)
        #expect(page.status == .ok)
        let text = String(decoding: page.body, as: UTF8.self)
        #expect(text.contains("By csm"))
        #expect(text.contains("USD 6,000"))
        #expect(text.contains("/portfolio/revenue/arr.new"))
        let figure = await house.ask(.get, "/portfolio/revenue/arr.new", cookie)
        let rows = String(decoding: figure.body, as: UTF8.self)
        #expect(rows.contains("Company 2"))
        #expect(rows.contains("USD 2,000"))
        let link = try #require(rows.ranges(of: "/accounts/").first.map { rows[$0.lowerBound...].prefix { $0 != "\"" } })
        let trail = await house.ask(.get, String(link), cookie)
        #expect(String(decoding: trail.body, as: UTF8.self).contains("account.changed"))
        #expect(await house.ask(.get, "/portfolio/revenue/wealth", cookie).status == .notFound)
        #expect(await house.ask(.get, "/portfolio?where.csm=bob", cookie).status == .ok)
    }

    @Test func `every figure that is not money opens into accounts, and no number of them leads nowhere`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        let cookie = try await house.signIn()
        let portfolio = String(decoding: await house.ask(.get, "/portfolio", cookie).body, as: UTF8.self)
        #expect(portfolio.contains("href=\"\(Links.figures)\""))
        let all = PageText(String(decoding: await house.ask(.get, Links.figures, cookie).body, as: UTF8.self))
        #expect(all.bare == [])
        let links = Set(all.links.filter { $0.hasPrefix(Links.figures + "/") })
        #expect(links.contains(Links.portfolioFigure("accounts.active_weekly")) && links.count >= 4)
        for link in links {
            let page = await house.ask(.get, link, cookie)
            #expect(page.status == .ok, "\(link)")
            #expect(PageText(page.text).bare == [], "\(link)")
        }
        let active = await house.ask(.get, Links.portfolioFigure("accounts.active_weekly"), cookie).text
        #expect(active.contains("Company 2") && active.contains("CRE-74"))
        #expect(await house.ask(.get, Links.portfolioFigure("wealth"), cookie).status == .notFound)
    }

    @Test func `figures for programs have their formula, and name what the programme does not keep`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        let figures = await house.api(.get, "/portfolio/figures").json["figures"]?.array?.compactMap(\.object) ?? []
        let active = try #require(figures.first { $0["id"] == "accounts.active_weekly" })
        #expect(active["value"]?.number == 100 && active["whole"]?.number == 3 && active["kept"] == true)
        #expect(active["formula"]?.string?.isEmpty == false && active["requirements"] == ["CRE-74"])
        let pmf = try #require(figures.first { $0["id"] == "pmf" })
        #expect(pmf["kept"] == false && pmf["value"] == .null)
        let rows = await house.api(.get, "/portfolio/figures?figure=accounts.active_weekly&where.csm=ada").json["items"]?.array
        #expect(rows?.count == 3)
        for query in ["figure=wealth", "figure=nps&play=rescue", "figure=plays.in_progress&play=none", "group=shoe_size"] {
            #expect(await house.api(.get, "/portfolio/figures?" + query).code == "invalid-parameter", "\(query)")
        }
    }

    @Test func `money is written with its hundredths, however small`() {
        #expect(Wording.hundredths(123_450, "EUR") == "EUR 1,234.50")
        #expect(Wording.hundredths(-5, "EUR") == "−EUR 0.05")
        #expect(Wording.short(123_456_700_00) == "123.46 m")
        #expect(Wording.short(-4_500_00) == "−4,500")
    }
}
