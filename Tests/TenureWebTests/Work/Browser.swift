import HTTPTypes
import TenureCore
import TenureRuntime
import Testing

@testable import TenureWeb

/// A person who is signed in: reads pages and sends their forms, with the token that the page has.
struct Browser {
    let house: TestHouse
    let session: HTTPFields
    let token: String

    init(_ house: TestHouse, as teammate: String = "ada") async throws {
        self.house = house
        session = try await house.signIn(as: teammate)
        let cookie = String(try #require(session[.cookie]).dropFirst("tenure_session=".utf8.count))
        token = try #require(house.house.session(cookie)).session.formToken
    }

    func read(_ path: String) async -> String { await house.ask(.get, path, session).text }

    /// What follows a form: the page that it leads to, or the page that it gave back.
    func send(_ path: String, _ fields: [String: String] = [:]) async throws -> Answer {
        var head = session
        head[.contentType] = "application/x-www-form-urlencoded"
        let all = fields.merging([Form.tokenName: token]) { $1 }.sorted { $0.key < $1.key }
        let body = all.map { "\($0.key)=\(PercentCoding.encode($0.value))" }.joined(separator: "&")
        return await house.ask(.post, path, head, body: Array(body.utf8))
    }

    /// Sends a form and follows where it leads.
    func follow(_ path: String, _ fields: [String: String] = [:]) async throws -> String {
        let answer = try await send(path, fields)
        let page = try #require(answer.fields[.location], "\(answer.text)")
        return await read(String(page.prefix { $0 != "#" }))
    }

    /// Presses the Undo of a page's notice.
    func undo(_ page: String) async throws -> String {
        try await follow(Links.undo, ["receipt": receipt(page)])
    }

    /// The receipt that a page's notice can take back.
    func receipt(_ page: String) throws -> String {
        let start = try #require(page.firstRange(of: "name=\"receipt\" value=\""))
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }
}
