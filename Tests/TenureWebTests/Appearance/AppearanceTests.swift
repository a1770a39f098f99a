import HTTPTypes
import TenureRuntime
import Testing

@testable import TenureWeb

struct AppearanceTests {
    @Test func `chosen colours are remembered by a cookie, and taken back`() async throws {
        let house = try await TestHouse()
        var session = try await house.signIn()
        let cookie = try #require(session[.cookie])
        #expect(await house.ask(.get, "/", session).text.contains("<html lang=\"en\">"))
        let dark = try await house.choose("dark", session)
        #expect(dark == "tenure_appearance=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
        session[.cookie] = cookie + "; tenure_appearance=dark"
        #expect(await house.ask(.get, "/", session).text.contains("<html lang=\"en\" data-appearance=\"dark\">"))
        #expect(await house.ask(.get, "/appearance", session).text.contains("value=\"dark\" checked"))
        #expect(try await house.choose("device", session)?.contains("Max-Age=0") == true)
    }

    @Test func `a cookie of somebody's own making chooses nothing`() async throws {
        let house = try await TestHouse()
        var session = try await house.signIn()
        session[.cookie] = try #require(session[.cookie]) + "; tenure_appearance=\"><script>"
        let page = await house.ask(.get, "/", session).text
        #expect(page.contains("<html lang=\"en\">") && !page.contains("<script>"))
    }

    @Test func `the navigation says where one is`() {
        func here(_ path: String) -> [String] { Room.all(at: path).compactMap { room in room.here.map { room.title + " " + $0 } } }
        #expect(here("/portfolio") == ["Portfolio page"])
        #expect(here("/portfolio/figures") == ["Portfolio true"])
        #expect(here("/accounts/acc_1") == ["Accounts true"])
        #expect(here("/versions") == [])
    }
}

extension TestHouse {
    /// Sends the form; the cookie that comes back.
    fileprivate func choose(_ choice: String, _ session: HTTPFields) async throws -> String? {
        let page = await ask(.get, "/appearance", session).text
        let token = try #require(page.firstRange(of: "name=\"form_token\" value=\"").map { page[$0.upperBound...].prefix { $0 != "\"" } })
        var fields = session
        fields[.contentType] = "application/x-www-form-urlencoded"
        let answer = await ask(.post, "/appearance", fields, body: Array("form_token=\(token)&appearance=\(choice)".utf8))
        #expect(answer.fields[.location] == "/appearance")
        return answer.fields[.setCookie]
    }
}
