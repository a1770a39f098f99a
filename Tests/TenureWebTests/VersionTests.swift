import HTTPTypes
import TenureAuthoring
import TenureCore
import TenureRuntime
import Testing

@testable import TenureWeb

/// Versions over the API, where a second person is asked.
struct VersionTests {
    /// The test programme with lines changed.
    private static func folder(_ edits: [(from: String, to: String)]) throws -> ProgrammeFolder {
        let file = try #require(testProgramme.files.first)
        var text = file.text
        for edit in edits {
            try #require(text.contains(edit.from))
            text = text.replacing(edit.from, with: edit.to, maxReplacements: 1)
        }
        return ProgrammeFolder(files: [(file.path, text)])
    }

    private static let asking = (from: "currency: USD\n", to: "currency: USD\n  publishing: {approval: required}\n")
    private static let stricter = (from: "from: 70", to: "from: 80")

    private static func body(_ edits: [(from: String, to: String)], by: String = "ana") throws -> String {
        let files = try folder(edits).files.map { file -> JSON in ["path": .string(file.path), "text": .string(file.text)] }
        let body: JSON = ["files": .array(files), "by": .string(by), "reason": "The band was too lax"]
        return body.text
    }

    private static func asked() async throws -> TestHouse { try await TestHouse(programme: folder([asking])) }

    @Test func `a proposal is accepted, listed, approved by another person and no longer there`() async throws {
        let house = try await Self.asked()
        let answer = await house.api(.post, "/programme/versions", try Self.body([Self.asking, Self.stricter]))
        #expect(answer.status == .accepted)
        let proposal = try #require(answer.json["proposal"]?.object)
        #expect(proposal["state"] == "waiting" && proposal["by"] == "ana" && proposal["on"] == 1)
        #expect(answer.json["replaced"] == .null)
        let listed = await house.api(.get, "/programme/versions").json
        #expect(listed["proposal"]?.object == proposal)
        #expect(listed["items"]?.array?.count == 1)
        let digest = try #require(proposal["digest"]?.string)
        let approved = await house.api(
            .post, "/programme/approval", #"{"by": "ben", "reason": "fine", "digest": "\#(digest.prefix(12))"}"#)
        #expect(approved.status == .created)
        #expect(approved.json["version"] == 2 && approved.json["by"] == "ana" && approved.json["approved_by"] == "ben")
        #expect(approved.json["approval_reason"] == "fine")
        #expect(await house.api(.get, "/programme/versions").json["proposal"] == .null)
    }

    @Test func `the same person is forbidden, in whatever capitals, and nothing changes`() async throws {
        let house = try await Self.asked()
        _ = await house.api(.post, "/programme/versions", try Self.body([Self.stricter]))
        for name in ["ana", "ANA", " Ana "] {
            let answer = await house.api(.post, "/programme/approval", #"{"by": "\#(name)"}"#)
            #expect(answer.status == .forbidden && answer.code == "approver-must-differ", "\(name)")
        }
        let listed = await house.api(.get, "/programme/versions").json
        #expect(listed["items"]?.array?.count == 1)
        #expect(listed["proposal"]?.object?["state"] == "waiting")
    }

    @Test func `each other refusal has its own code`() async throws {
        let house = try await Self.asked()
        func approve(_ body: String) async -> Answer { await house.api(.post, "/programme/approval", body) }
        #expect(await approve(#"{"by": "ben"}"#).code == "nothing-waits")
        _ = await house.api(.post, "/programme/versions", try Self.body([Self.stricter]))
        #expect(await approve(#"{"by": "ben", "digest": "00000000"}"#).code == "proposal-replaced")
        for wrong in [#"{}"#, #"{"by": "  "}"#, #"{"by": "ben", "digest": "0"}"#, #"{"by": "ben", "refuse": "yes"}"#] {
            #expect(await approve(wrong).code == "validation-failed", "\(wrong)")
        }
        let replacing = await house.api(.post, "/programme/versions", try Self.body([Self.asking, Self.stricter], by: "cem"))
        #expect(replacing.json["replaced"]?.object?["by"] == "ana")
        #expect(await approve(#"{"by": "ben"}"#).status == .created)
        _ = await house.api(.post, "/programme/versions", try Self.body([Self.stricter]))
        let back = await house.api(.post, "/programme/rollback", #"{"to": 1, "by": "ana", "reason": "emergency"}"#)
        #expect(back.status == .created && back.json["version"] == 3)
        #expect(await house.api(.get, "/programme/versions").json["proposal"]?.object?["state"] == "stale")
        let stale = await approve(#"{"by": "ben"}"#)
        #expect(stale.status == .conflict && stale.code == "proposal-stale")
        let refused = await approve(#"{"by": "ana", "refuse": true, "reason": "mine is out of date"}"#)
        #expect(refused.json["proposal"]?.object?["state"] == "refused")
        #expect(refused.json["proposal"]?.object?["refusal_reason"] == "mine is out of date")
    }

    @Test func `a programme that asks for nothing is published at once`() async throws {
        let house = try await TestHouse()
        let answer = await house.api(.post, "/programme/versions", try Self.body([Self.stricter]))
        #expect(answer.status == .created && answer.json["version"] == 2 && answer.json["approved_by"] == nil)
    }

    @Test func `a plan tells what becomes of each alert, and at whom`() async throws {
        let house = try await TestHouse()
        try await house.fill()
        await house.pass(days: 30)
        func past(_ condition: String) async throws -> JSONObject {
            let body = try Self.body([(from: #"m("users.active.7d") < 2.0"#, to: condition)])
            return try #require(await house.api(.post, "/programme/plan", body).json["past"]?.object)
        }
        // One user came on the first day: open from then on; under the other version when nobody had come for a week.
        let later = try #require(try await past(#"m("users.active.7d") < 1.0"#)["alerts"]?.object)
        #expect(later["recorded"]?.object?["later"] == 1 && later["replayed"]?.object?["later"] == 1)
        #expect(later["lost"]?.object?["accounts"] == 0)
        let gone = try await past(#"m("users.active.7d") > 99.0"#)
        let lost = try #require(gone["alerts"]?.object?["lost"]?.object)
        #expect(lost["accounts"] == 1 && lost["more"] == 0)
        let item = try #require(lost["items"]?.array?.first?.object)
        #expect(item["account"]?.object?["external_id"] == "co-1" && item["notice"] == .null)
        #expect(item["alerts"]?.array?.first?.object?["signal"] == "few_users")
        let outcomes = try #require(gone["outcomes"]?.object)
        #expect(outcomes["recorded"]?.object?["alerts"] == 1 && outcomes["replayed"]?.object?["alerts"] == 0)
        #expect(outcomes["recorded"]?.object?["alerts_pending"] == 1 && outcomes["recall_change"] == .null)
    }
}
