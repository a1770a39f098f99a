import HTTPTypes
import Logging
import TenureCore
import TenureRuntime
import Testing

@testable import TenureWeb

/// What every address does with requests that are wrong as a whole.
struct SiteTests {
    @Test(arguments: [
        ("", "malformed-json", 400), ("null", "validation-failed", 422), ("[]", "validation-failed", 422),
        ("\"x\"", "validation-failed", 422), ("{\"id\":\"a\",}", "malformed-json", 400),
        ("{}{}", "malformed-json", 400),
        ("\u{FEFF}{}", "malformed-json", 400), ("{\"a\":1e400}", "number-out-of-range", 400),
        ("{\"a\":1,\"a\":2}", "duplicate-name", 400), ("{\"a\":\"\\u0000\"}", "invalid-character", 422),
    ])
    func `a body that is no event is one problem`(body: String, code: String, status: Int) async throws {
        let house = try await TestHouse()
        let answer = await house.send("/v1/events", body)
        #expect(answer.code == code)
        #expect(answer.status.code == status)
        #expect(answer.fields[.contentType] == "application/problem+json")
        #expect(answer.json["type"]?.string == "/problems/" + code)
        #expect(answer.json["message"] == answer.json["detail"])
    }

    @Test func `deep nesting and invalid UTF-8 are refused`() async throws {
        let house = try await TestHouse()
        let fields: HTTPFields = [
            .contentType: "application/json", .authorization: "Bearer " + house.writeKey,
        ]
        let deep = [UInt8](repeating: 0x5B, count: 100_000)
        #expect(await house.ask(.post, "/v1/events", fields, body: deep).code == "json-too-deep")
        let bad = Array("{\"a\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8)
        #expect(await house.ask(.post, "/v1/events", fields, body: bad).code == "invalid-utf8")
    }

    @Test func `sizes are bounded`() async throws {
        let house = try await TestHouse()
        let events = "[" + Array(repeating: "{}", count: 501).joined(separator: ",") + "]"
        let batch = await house.send("/v1/events", events, type: "application/cloudevents-batch+json")
        #expect(batch.code == "batch-too-large")
        #expect(batch.status.code == 413)
        let lines = await house.send(
            "/v1/events", String(repeating: "{}\n", count: 501), type: "application/x-ndjson")
        #expect(lines.code == "batch-too-large")
        #expect(
            await house.send("/v1/events", String(repeating: " ", count: 2_097_153)).code == "body-too-large")
        let parts = (0..<5).map { "\"f\($0)\":\"\(String(repeating: "x", count: 8_000))\"" }.joined(
            separator: ",")
        let large = await house.send("/v1/events", #"{"type":"t","account":"a","data":{\#(parts)}}"#)
        #expect(large.json["rejected"]?.array?.first?.object?["code"] == "event-too-large")
        #expect(await house.ask(.get, "/" + String(repeating: "a", count: 8_192)).code == "uri-too-long")
        var many = HTTPFields()
        for number in 0..<101 { many.append(HTTPField(name: try #require(.init("x-\(number)")), value: "y")) }
        #expect(await house.ask(.get, "/health/live", many).code == "headers-too-large")
        let wide: HTTPFields = [.userAgent: String(repeating: "a", count: 16_384)]
        #expect(await house.ask(.get, "/health/live", wide).status.code == 431)
    }

    @Test func `media types, encodings and methods are checked`() async throws {
        let house = try await TestHouse()
        #expect(await house.send("/v1/events", "{}", type: "text/plain").code == "unsupported-media-type")
        #expect(await house.send("/v1/events", "{}", [.contentEncoding: "br"]).code == "unsupported-encoding")
        #expect(
            await house.send("/v1/events", "{}", [.contentEncoding: "gzip, gzip"]).code
                == "unsupported-encoding")
        #expect(await house.send("/v1/events", "{}", [.contentEncoding: "gzip"]).code == "malformed-request")
        let put = await house.api(.put, "/accounts")
        #expect(put.code == "method-not-allowed")
        #expect(put.fields[.allow] == "GET")
        #expect(await house.ask(.trace, "/v1/events").status == .methodNotAllowed)
        #expect(await house.ask(.get, "/api/v1/nothing").code == "not-found")
        #expect(await house.api(.get, "/accounts", nil, [.accept: "text/plain"]).code == "not-acceptable")
        let head = await house.ask(.head, "/health/live")
        #expect(head.status == .ok)
        #expect(head.body.isEmpty)
    }

    @Test func `a request names one host`() async throws {
        let house = try await TestHouse()
        let none = await house.ask(.get, "/health/live", authority: nil)
        #expect(none.status == .badRequest)
        #expect(none.code == "malformed-request")
        let host = try #require(HTTPField.Name("Host"))
        #expect(await house.ask(.get, "/health/live", [host: "other"]).status == .badRequest)
        #expect(await house.ask(.get, "/health/live", authority: "").status == .ok)
    }

    @Test func `credentials are read from one header only`() async throws {
        let house = try await TestHouse()
        #expect(await house.ask(.get, "/api/v1/accounts?api_key=" + house.apiKey).code == "unauthenticated")
        var two: HTTPFields = [.authorization: "Bearer " + house.apiKey]
        two.append(HTTPField(name: .authorization, value: "Bearer x"))
        #expect(await house.ask(.get, "/api/v1/accounts", two).code == "malformed-request")
        let answer = await house.ask(.get, "/api/v1/accounts", [.authorization: "Bearer " + house.writeKey])
        #expect(answer.status == .unauthorized)
        #expect(answer.fields[.wwwAuthenticate] != nil)
    }

    @Test func `probes and metrics`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 2)
        #expect(await house.ask(.get, "/health/ready").status == .ok)
        let metrics = await house.ask(.get, "/metrics")
        #expect(metrics.text.contains("tenure_accounts{workspace=\"acme\"} 2\n"))
        #expect(metrics.text.contains("tenure_decisions_total{workspace=\"acme\",kind=\"scoreMoved\"}"))
        #expect(await house.ask(.get, "/metrics", isLoopback: false).status == .unauthorized)
        let key: HTTPFields = [.authorization: "Bearer " + house.apiKey]
        #expect(await house.ask(.get, "/metrics", key, isLoopback: false).status == .ok)
        let cold = Site(house: House(url: "http://x", clock: { TestHouse.now }), logger: .init(label: "t"))
        let ready = await cold.answer(
            Incoming(method: .get, target: "/health/ready", fields: [:], authority: "x", isLoopback: true) { _ in
                []
            })
        #expect(ready.status == .serviceUnavailable)
    }

    @Test func `a full mailbox and a fence have their own answers`() {
        #expect(Problem(WriterRefusal.overloaded).document.status.code == 429)
        #expect(Problem(WriterRefusal.overloaded).document.fields[.retryAfter] == "1")
        #expect(Problem(WriterRefusal.storageFull).document.status.code == 503)
        #expect(Problem(WriterRefusal.fenced(detail: "x")).document.status.code == 503)
        struct Odd: Error {}
        #expect(Problem(Odd()).document.status.code == 503)
    }

    @Test func `every problem has a page`() async throws {
        let house = try await TestHouse()
        for code in Problem.Code.allCases {
            let answer = await house.ask(.get, Links.problem(code))
            #expect(answer.status == .ok)
            #expect(answer.text.contains("<code>\(code.rawValue)</code>"))
        }
    }
}
