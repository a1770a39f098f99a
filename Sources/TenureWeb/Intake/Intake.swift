import HTTPTypes
import TenureCore
import TenureRuntime

/// The doors for events: Segment's calls, CloudEvents and lines of JSON.
enum Intake {
    static let routes: [Route] =
        SegmentCall.Kind.allCases.map { kind in
            Route(.post, "/v1/" + kind.rawValue) { try await segment($0, kind) }
        } + [
            Route(.post, "/v1/batch", segmentBatch),
            Route(.post, "/v1/events", events),
        ]

    private static func segment(_ call: Call, _ kind: SegmentCall.Kind) async throws -> Answer {
        let (object, sender) = try await segmentBody(call)
        let reader = SegmentReading(sender, envelope: object, received: sender.workspace.now)
        return try await IntakeBatch(sender, items: [.object(object)]) { item throws(IntakeRefusal) in
            try reader.arrival(item, kind: kind)
        }.answer()
    }

    private static func segmentBatch(_ call: Call) async throws -> Answer {
        let (object, sender) = try await segmentBody(call)
        guard let items = object["batch"]?.array else {
            throw Problem(
                .validationFailed, "A batch is a list.",
                errors: [.init(pointer: "/batch", type: "validation-failed", detail: "a list is due here")])
        }
        let reader = SegmentReading(sender, envelope: object, received: sender.workspace.now)
        return try await IntakeBatch(sender, items: items) { item throws(IntakeRefusal) in
            try reader.arrival(item, kind: nil)
        }.answer()
    }

    /// Segment's clients may name their key in the body instead of the header.
    private static func segmentBody(_ call: Call) async throws -> (JSONObject, Sender) {
        let key = try Credential.secret(call)
        if key != nil { _ = try call.sender() }
        let body = try await IntakeBody.read(call, types: ["application/json"])
        let object = try body.object()
        return (object, Sender(try call.sender(bodyKey: object["writeKey"]?.string)))
    }

    private static func events(_ call: Call) async throws -> Answer {
        let sender = Sender(try call.sender())
        let types = ["application/json", "application/cloudevents+json"]
        let batches = ["application/cloudevents-batch+json"]
        let lines = ["application/x-ndjson", "application/jsonl"]
        let body = try await IntakeBody.read(call, types: types + batches + lines)
        let reader = EventReading(sender)
        let items = lines.contains(body.type) ? try body.lines() : try body.items().map { .success($0) }
        return try await IntakeBatch(sender, read: items) { item throws(IntakeRefusal) in
            try reader.arrival(item)
        }.answer()
    }
}

/// Whose events they are.
struct Sender: Sendable {
    let workspace: Workspace
    /// Name of the write key's source.
    let source: String

    init(_ opened: (workspace: Workspace, key: AccessKey)) {
        workspace = opened.workspace
        source = opened.key.source
    }
}
