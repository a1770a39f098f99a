import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

struct IntakeTests {
    private func count(_ answer: Answer, _ name: String) -> Int64? { answer.json[name]?.int }

    @Test func `a track call of a known account is accepted once`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let call =
            #"{"userId":"u","event":"Report Exported","messageId":"m1","context":{"groupId":"co-1"},"properties":{"format":"pdf"}}"#
        let first = await house.send("/v1/track", call)
        #expect(first.status == .ok)
        #expect(first.text == #"{"success":true,"accepted":1,"duplicate":0,"quarantined":0,"rejected":[]}"#)
        #expect(count(await house.send("/v1/track", call), "duplicate") == 1)
    }

    @Test func `the same id with other content is a conflict`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        for (name, code) in [("pdf", nil), ("csv", "event-id-conflict")] as [(String, String?)] {
            let answer = await house.send(
                "/v1/track",
                #"{"userId":"u","event":"Report Exported","messageId":"m1","context":{"groupId":"co-1"},"properties":{"format":"\#(name)"}}"#
            )
            #expect(answer.json["rejected"]?.array?.first?.object?["code"]?.string == code)
        }
    }

    @Test func `the mapping's constants reach the event and a wrong field is refused with its place`()
        async throws
    {
        let house = try await TestHouse()
        try await house.fill()
        let reader = SegmentReading(try sender(house), envelope: [:], received: TestHouse.now)
        let arrival = try reader.arrival(
            ["type": "track", "userId": "u", "event": "Report Exported", "properties": ["format": "csv"]],
            kind: nil)
        #expect(arrival.type == "report.exported")
        #expect(arrival.data == ["format": "csv", "kind": "report"])
        #expect(arrival.subject == .member)
        let answer = await house.send(
            "/v1/track",
            #"{"userId":"u","event":"Report Exported","context":{"groupId":"co-1"},"properties":{"format":3}}"#
        )
        let rejected = try #require(answer.json["rejected"]?.array?.first?.object)
        #expect(rejected["code"] == "contract-violation")
        #expect(rejected["pointer"] == "/data/format")
    }

    private func sender(_ house: TestHouse) throws -> Sender {
        Sender(try #require(house.house.open(house.writeKey, .write)))
    }

    @Test func `an unmapped event is kept under its own name`() async throws {
        let house = try await TestHouse()
        let reader = SegmentReading(try sender(house), envelope: [:], received: TestHouse.now)
        let arrival = try reader.arrival(["userId": "u", "event": "Odd Thing"], kind: .track)
        #expect(arrival.type == "track:Odd Thing")
    }

    @Test func `group makes an account, drops what is not declared and releases what waited`() async throws {
        let house = try await TestHouse()
        let early = await house.send(
            "/v1/page", #"{"userId":"u","messageId":"p1","context":{"groupId":"new"}}"#)
        #expect(count(early, "quarantined") == 1)
        let group = await house.send(
            "/v1/group",
            #"{"userId":"u","groupId":"new","messageId":"g1","traits":{"name":"New","plan":"basic","mode":"a","secret":"x"}}"#
        )
        #expect(count(group, "accepted") == 1)
        let profile = try #require(house.workspace.account("new")).observations.profile
        #expect(profile["tier"] == "basic")
        #expect(profile["mode"] == "a")
        #expect(profile["secret"] == nil)
        #expect(try #require(house.workspace.account("new")).observations.eventCount == 1)
    }

    @Test func `names and addresses of identify go to the contact row and not into the fact`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let body =
            #"{"userId":"u9","messageId":"i1","context":{"groupId":"co-1"},"traits":{"name":"Ann","email":"ann@x.example","role":"sponsor"}}"#
        #expect(count(await house.send("/v1/identify", body), "accepted") == 1)
        let account = try #require(house.workspace.account("co-1"))
        let rows = try house.workspace.store.contacts(account: account.id)
        #expect(rows.map(\.email) == ["ann@x.example"])
        #expect(account.observations.contacts(of: "sponsor") == [house.workspace.keys.member(user: "u9")])
        let part = #"{"userId":"u9","messageId":"i2","context":{"groupId":"co-1"},"traits":{"role":"admin"}}"#
        #expect(count(await house.send("/v1/identify", part), "accepted") == 1)
        let row = try #require(try house.workspace.store.contacts(account: account.id).first)
        #expect([row.name, row.email, row.role] == ["Ann", "ann@x.example", "admin"])
        let reader = SegmentReading(try sender(house), envelope: [:], received: TestHouse.now)
        let arrival = try reader.arrival(
            ["userId": "u9", "traits": ["email": "ann@x.example", "role": "r"]], kind: .identify)
        #expect(!JSON.object(arrival.data).text.contains("ann@"))
    }

    @Test func `one bad item does not fail its batch`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let good = #"{"type":"page","userId":"u","context":{"groupId":"co-1"}}"#
        let long = String(repeating: "x", count: 8_193)
        let answer = await house.send(
            "/v1/batch",
            #"{"batch":[\#(good.replacing("\"u\"", with: "\"v\"")),{"type":"odd"},7,{"type":"page","userId":"\#(long)"},{"type":"page"},{"type":"page","userId":"u","timestamp":"2026-02-30T00:00:00Z"}],"sentAt":"2026-03-09T11:00:00Z"}"#
        )
        #expect(answer.status == .ok)
        #expect(count(answer, "accepted") == 1)
        let codes = answer.json["rejected"]?.array?.compactMap { $0.object?["code"]?.string }
        #expect(
            codes == [
                "validation-failed", "validation-failed", "value-too-long", "missing-subject",
                "invalid-timestamp",
            ])
    }

    @Test func `a clock that is off is corrected by the moment of sending`() {
        let clock = SegmentClock(received: TestHouse.instant("2026-03-09T11:00:00Z"))
        let stamped = TestHouse.instant("2026-03-09T08:00:00Z")
        #expect(
            clock.occurred(stamped, sent: TestHouse.instant("2026-03-09T09:00:00Z"))?.text
                == "2026-03-09T10:00:00Z")
        #expect(clock.occurred(stamped, sent: TestHouse.instant("2026-03-09T10:59:45Z")) == stamped)
        #expect(clock.occurred(stamped, sent: nil) == stamped)
        #expect(clock.occurred(nil, sent: stamped) == nil)
    }

    @Test func `the write key may stand in the header or in the body`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let basic = "Basic " + Base64.encode(Array((house.writeKey + ":").utf8))
        let call = #"{"userId":"u","context":{"groupId":"co-1"}"#
        #expect(await house.send("/v1/page", call + "}", [.authorization: basic]).status == .ok)
        let inBody = call + #","writeKey":"\#(house.writeKey)"}"#
        let fields: HTTPFields = [.contentType: "application/json"]
        #expect(await house.ask(.post, "/v1/page", fields, body: Array(inBody.utf8)).status == .ok)
        #expect(
            await house.ask(.post, "/v1/page", fields, body: Array((call + "}").utf8)).code
                == "unauthenticated")
        #expect(
            await house.send("/v1/page", inBody, [.authorization: "Bearer nope"]).code == "unauthenticated")
        #expect(
            await house.send("/v1/page", inBody, [.authorization: "Bearer " + house.apiKey]).status
                == .unauthorized)
    }
}

struct CloudEventTests {
    private let event =
        #"{"specversion":"1.0","id":"e1","source":"/app","type":"dev.tenure.user.session.v1","subject":"co-1","userid":"u","time":"2026-03-09T10:00:00Z"}"#

    @Test func `one event, a list and lines are taken`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        let one = await house.send("/v1/events", event, type: "application/cloudevents+json")
        #expect(one.json["accepted"] == 1)
        let second = event.replacing("e1", with: "e2")
        let list = await house.send(
            "/v1/events", "[\(event),\(second)]", type: "application/cloudevents-batch+json")
        #expect(list.json["accepted"] == 1)
        #expect(list.json["duplicate"] == 1)
        let plain = #"{"type":"user.session","account":"co-1","user":"w"}"#
        let lines = "\(second)\n\n\(plain)\r\n{bad}\n"
        let answer = await house.send("/v1/events", lines, type: "application/x-ndjson")
        #expect(answer.json["accepted"] == 1)
        #expect(answer.json["duplicate"] == 1)
        #expect(answer.json["rejected"]?.array?.first?.object?["code"] == "malformed-json")
        #expect(answer.json["rejected"]?.array?.first?.object?["index"] == 2)
    }

    @Test func `types that only people and the product use are refused`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        for type in [
            "clock.reached", "workspace.went_live", "task.completed", "grade.given", "dev.tenure.flag.raised",
        ] {
            let answer = await house.send("/v1/events", #"{"type":"\#(type)","account":"co-1"}"#)
            #expect(answer.json["rejected"]?.array?.first?.object?["code"] == "reserved-type", "\(type)")
        }
    }

    @Test func `a retraction takes an event back`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        _ = await house.send("/v1/events", event)
        #expect(house.workspace.account("co-1")?.observations.eventCount == 2)
        let back = event.replacing(#""id":"e1""#, with: #""id":"e9","op":"retract","corrects":"e1""#)
        #expect(await house.send("/v1/events", back).json["accepted"] == 1)
        _ = await house.api(.post, "/accounts/co-1/notes", #"{"text":"wait for the turn"}"#)
        #expect(house.workspace.account("co-1")?.observations.eventCount == 1)
    }

    @Test(arguments: [
        (#"{"specversion":"0.3","id":"a","source":"s","type":"t"}"#, "/specversion"),
        (#"{"specversion":"1.0","source":"s","type":"t"}"#, "/id"),
        (#"{"specversion":"1.0","id":"a","type":"t"}"#, "/source"),
        (#"{"account":"co-1"}"#, "/type"),
        (#"{"type":"user.session","account":"co-1","data":[]}"#, "/data"),
        (#"{"type":"user.session","account":"co-1","op":"replace","corrects":"x"}"#, "/op"),
        (#"{"type":"user.session","account":"co-1","id":" x"}"#, "/id"),
        (#"{"type":"user.session","account":"co-1","time":"2026-03-10T11:00:01Z"}"#, "/time"),
    ])
    func `a wrong event is refused with the place`(body: String, pointer: String) async throws {
        let house = try await TestHouse()
        try await house.fill()
        let answer = await house.send("/v1/events", body)
        #expect(answer.status == .ok)
        #expect(answer.json["rejected"]?.array?.first?.object?["pointer"]?.string == pointer)
    }
}

struct InflateTests {
    /// One short text with the fixed code.
    private let fixed =
        Base64.decode("H4sIAAAAAAAC/6tWKi1OLfJMUbJSqjBS0lFKLUvNKwFyglIL8otKFMIyU8tTU5RqAQl7GZEnAAAA") ?? []
    /// 400 words with a code of its own: 2123 bytes whose checksum is 3624369265.
    private let dynamic =
        Base64.decode(
            "H4sIAAAAAAAC/4VVWw7CMAy7yq7h40wIMaRpIDE+OBKX4UxMrG1iJ2UaouorcRwnnc7jvE4DhvF0uj2XdXhcL8s4t+l9Hl/u"
                + "7/Pex2m/RqfiFbNa7xXr23Q6cKzjdgXswozUad0GbRQoZam4KTOxkQUPb9mubT85bSv7Ntx9dl6GdkDI8gxX4iTiZmF3FcHU"
                + "81DooEiVOUqkRYPfJxiaQRFDW+c0wEB75+xEofyWOwbpYLMNCTREK0ShfP4IknxHEGYhCqGn4oxfTmnQMGtGgKkcDC9JUbLt"
                + "p4RIkAXucqg+hUy+oM0E7kiTakYTP7juQAY6oqH4CYwRwCQeNCLOg8CFmLQshnxC6xud0s8znrCi0XFBZJJDWgr/NdXXgfIP"
                + "UgRj/VMj7F67i7ZOyEpeJpwV6PuFg4cvS0uvXIVp6kS5hlwsWS/rCNAcJBym1ayMdl/w0O1sIXvcpZ9/AXF8B9hLCAAA"
        ) ?? []

    /// CRC-32 of gzip, bit by bit: the stream's own check in other words.
    private func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in (value >> 1) ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }

    @Test func `what gzip made is read`() throws {
        let text = try Inflate.gunzip(fixed, bytesMax: 1_000)
        #expect(String(decoding: text, as: UTF8.self) == #"{"userId":"x2","event":"Report Viewed"}"#)
        let words = try Inflate.gunzip(dynamic, bytesMax: 10_000)
        #expect(words.count == 2123)
        #expect(checksum(words) == 3624369265)
        #expect(throws: Inflate.Refusal.tooLarge) { try Inflate.gunzip(dynamic, bytesMax: 2122) }
    }

    @Test func `no broken stream traps`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var bytes = dynamic
            for _ in 0..<3 {
                bytes[Int.random(in: 3..<bytes.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            _ = try? Inflate.gunzip(bytes, bytesMax: 20_000)
        }
    }

    @Test func `a broken stream is refused`() {
        for input in [[], [0x1F, 0x8B], Array(fixed.dropLast()), fixed + [0], fixed.map { $0 ^ 1 }]
            as [[UInt8]]
        {
            #expect(throws: Inflate.Refusal.malformed) { try Inflate.gunzip(input, bytesMax: 1_000) }
        }
    }

    @Test func `a stored block is read and limits hold`() throws {
        let text = Array("hello".utf8)
        let checksum = checksum(text)
        let bytes: [UInt8] =
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 5, 0, 0xFA, 0xFF] + text
            + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * UInt32($0))) } + [5, 0, 0, 0]
        #expect(try Inflate.gunzip(bytes, bytesMax: 5) == text)
        #expect(try Inflate.gunzip(bytes + bytes, bytesMax: 10) == text + text)
        #expect(throws: Inflate.Refusal.tooLarge) { try Inflate.gunzip(bytes, bytesMax: 4) }
    }

    /// One space, and then runs of 258 more in the fixed code: 13 bits each.
    private func spaces(runs: Int) -> [UInt8] {
        let bits = "110" + "01010000" + String(repeating: "11000101" + "00000", count: runs) + "0000000"
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var byte: UInt8 = 0
        for (place, bit) in bits.utf8.enumerated() {
            byte |= (bit - 0x30) << UInt8(place % 8)
            guard place % 8 == 7 || place == bits.utf8.count - 1 else { continue }
            bytes.append(byte)
            byte = 0
        }
        let count = 1 + 258 * runs
        let sum = checksum([UInt8](repeating: 0x20, count: count))
        for number in [sum, UInt32(count)] { bytes += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
        return bytes
    }

    @Test func `a bomb is refused, by its size and by how far it blows up`() async throws {
        let bomb = spaces(runs: 400)
        #expect(bomb.count == 671)
        #expect(try Inflate.gunzip(bomb, bytesMax: 103_201).count == 103_201)
        #expect(throws: Inflate.Refusal.tooLarge) { try Inflate.gunzip(bomb, bytesMax: 103_200) }
        let house = try await TestHouse()
        let fields: HTTPFields = [
            .contentType: "application/json", .contentEncoding: "gzip", .authorization: "Bearer " + house.writeKey,
        ]
        #expect(await house.ask(.post, "/v1/events", fields, body: bomb).code == "body-too-large")
        let harmless = spaces(runs: 200)
        #expect(await house.ask(.post, "/v1/events", fields, body: harmless).code == "malformed-json")
    }
}
