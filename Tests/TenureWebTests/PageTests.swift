import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import Testing

@testable import TenureWeb

struct PageTests {
    @Test func `looking at a sign-in link does not use it up and pressing the button does`() async throws {
        let house = try await TestHouse()
        let link = house.house.makeLink(teammate: "ada", in: house.workspace.id)
        let path = String(link.dropFirst(house.house.url.utf8.count))
        for _ in 0..<2 { #expect(await house.ask(.get, path).text.contains("<button")) }
        let signedIn = await house.ask(.post, path)
        #expect(signedIn.status == .seeOther)
        #expect(signedIn.fields[.setCookie]?.contains("HttpOnly; SameSite=Lax") == true)
        #expect(await house.ask(.post, path).status == .notFound)
        #expect(await house.ask(.get, path).status == .notFound)
    }

    @Test func `the cookie is bound to the host over HTTPS`() async throws {
        let house = try await TestHouse(url: "https://cs.example")
        let link = house.house.makeLink(teammate: "ada", in: house.workspace.id)
        let cookie = try #require(await house.ask(.post, String(link.dropFirst(18))).fields[.setCookie])
        #expect(cookie.hasPrefix("__Host-tenure_session="))
        #expect(cookie.hasSuffix("; Secure"))
    }

    @Test func `pages need a session and carry their headers`() async throws {
        let house = try await TestHouse()
        #expect(await house.ask(.get, "/").fields[.location] == "/sign-in")
        let page = await house.ask(.get, "/", try await house.signIn())
        #expect(page.status == .ok)
        #expect(page.fields[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
        #expect(page.fields[.xContentTypeOptions] == "nosniff")
        #expect(page.fields[.cacheControl] == "no-store")
        // How long a page took is told to nobody who has not signed in.
        #expect(page.fields[.serverTiming]?.wholeMatch(of: /page;dur=[0-9.e-]+/) != nil)
        for path in ["/", "/sign-in"] { #expect(await house.ask(.get, path).fields[.serverTiming] == nil) }
        #expect(await house.ask(.get, "/site.css").fields[.contentType] == "text/css; charset=utf-8")
    }

    @Test func `the list shows, filters and pages`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        let session = try await house.signIn()
        let all = await house.ask(.get, "/accounts", session).text
        #expect(all.contains("3 accounts"))
        #expect(all.contains("Few users"))
        let healthy = await house.ask(.get, "/accounts?band=healthy", session).text
        #expect(healthy.contains("Company 3"))
        #expect(!healthy.contains("Company 1<"))
        let first = await house.ask(.get, "/accounts?limit=1", session).text
        #expect(first.contains("rel=\"next\""))
        #expect(await house.ask(.get, "/accounts?limit=999", session).status == .badRequest)
    }

    @Test func `an account's page explains and its forms work`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let session = try await house.signIn()
        let page = await house.ask(.get, "/accounts/co-1", session).text
        for text in [
            "What the score is made of", "users.active.7d", "Ask the admin", "Done<span", "Rounding",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        let token = try #require(
            page.firstRange(of: "name=\"form_token\" value=\"").map {
                page[$0.upperBound...].prefix { $0 != "\"" }
            })
        func post(_ path: String, _ form: String) async -> Answer {
            var fields = session
            fields[.contentType] = "application/x-www-form-urlencoded"
            return await house.ask(.post, path, fields, body: Array(form.utf8))
        }
        let id = try #require(house.workspace.account("co-1")).id
        let back = Links.account(id.text) + "?receipt="
        let task = "/accounts/co-1/plays/1/steps/ask/tasks/0/completion"
        #expect(await post(task, "form_token=\(token)").fields[.location]?.hasPrefix(back) == true)
        #expect(
            house.workspace.account("co-1")?.conclusions.plays.first?.steps.first?.tasks.first??.by == "ada")
        #expect(await post(task, "form_token=wrong").status == .forbidden)
        #expect(await post(task, "").status == .forbidden)
        #expect(
            await post("/accounts/co-1/notes", "form_token=\(token)&text=%3Cscript%3E1%3C%2Fscript%3E").status
                == .seeOther)
        #expect(
            await post(
                "/accounts/co-1/grades", "form_token=\(token)&judgement=metric+relation+good&reason=met"
            ).status == .seeOther)
        let after = await house.ask(.get, "/accounts/co-1", session).text
        #expect(after.contains("&lt;script&gt;1&lt;/script&gt;"))
        #expect(!after.contains("<script>"))
    }

    @Test func `the page says what would bring the score back, and which events moved it`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        await house.pass(days: 7)
        let event = #"{"type":"user.session","id":"late-1","account":"co-1","user":"u9"}"#
        #expect(await house.send("/v1/events", event).status == .ok)
        let session = try await house.signIn()
        let page = await house.ask(.get, "/accounts/co-1", session).text
        #expect(page.contains("<h3>Healthy again if</h3>"))
        #expect(page.contains("<strong>Active users</strong> <a href=\"#made-of\">3 instead of 2"))
        #expect(page.contains("Which events moved it?") && !page.contains("late-1"))
        let asked = await house.ask(.get, "/accounts/co-1?events=true", session).text
        #expect(asked.contains("<code>late-1</code>") && !asked.contains("Which events moved it?"))
    }

    @Test func `a form from another site is refused`() async throws {
        let house = try await TestHouse()
        let link = house.house.makeLink(teammate: "ada", in: house.workspace.id)
        let path = String(link.dropFirst(house.house.url.utf8.count))
        #expect(await house.ask(.post, path, [.secFetchSite: "cross-site"]).status == .forbidden)
        #expect(await house.ask(.post, path, [.origin: "https://evil.example"]).status == .forbidden)
        #expect(await house.ask(.post, path, [.origin: "http://localhost:8080"]).status == .seeOther)
    }

    @Test func `a session ends with signing out`() async throws {
        let house = try await TestHouse()
        let session = try await house.signIn()
        let cookie = String(try #require(session[.cookie]).dropFirst("tenure_session=".utf8.count))
        let token = try #require(house.house.session(cookie)).session.formToken
        var fields = session
        fields[.contentType] = "application/x-www-form-urlencoded"
        #expect(
            await house.ask(.post, "/sign-out", fields, body: Array("form_token=\(token)".utf8)).status
                == .seeOther)
        #expect(await house.ask(.get, "/", session).fields[.location] == "/sign-in")
    }

    @Test func `somebody enters only workspaces that know them`() async throws {
        let house = try await TestHouse()
        let session = try await house.signIn()
        let cookie = String(try #require(session[.cookie]).dropFirst("tenure_session=".utf8.count))
        let token = try #require(house.house.session(cookie)).session.formToken
        var fields = session
        fields[.contentType] = "application/x-www-form-urlencoded"
        let other = await house.ask(
            .post, "/workspace", fields, body: Array("form_token=\(token)&workspace=other".utf8))
        #expect(other.status == .notFound)
    }
}

struct WordingTests {
    @Test func `numbers, changes and sums are written for people`() {
        #expect(Wording.number(1_234_567.0) == "1,234,567")
        #expect(Wording.number(-0.04) == "0")
        #expect(Wording.number(12.345, places: 2) == "12.35")
        #expect(Wording.money(50_000, "EUR") == "EUR 50,000")
        #expect(Wording.change(-3) == "−3")
        #expect(Wording.nanoPoints(-71_666_666_666) == "−71.667")
        #expect(Wording.nanoPoints(1_250_000_000, signed: true) == "+1.250")
        #expect(Wording.number(.nan) == "nan")
    }
}
