import HTTPTypes
import TenureCore
import TenureRuntime

/// What senders send, for programs.
enum DataDocuments {
    static let routes: [Route] = [
        .read("/data") { api in
            let cursor = try api.call.query(allowing: ["cursor"]).filled("cursor")
            return .json(try await DataReading.read(api.workspace, cursor: cursor).document(at: api.workspace.now))
        },
        Route(.post, "/api/v1/data/adoption") { call in
            let api = try APICall(call)
            var fields = CommandFields(try await api.body().0)
            let subject = fields.text("subject", bytesMax: 1_000, required: true)
            let account = fields.text("account", required: true)
            try fields.finish()
            try await DataPages.adopt(subject ?? "", by: account ?? "", in: api.workspace)
            return .json(try await DataReading.read(api.workspace).document(at: api.workspace.now))
        },
    ]
}

extension DataReading {
    fileprivate func document(at now: Instant) -> JSON {
        [
            "sources": .array(sources.map { name, activity in activity.map { $0.document(at: now) } ?? ["source": .string(name), "last": .null] }),
            "unmapped": .array(
                unmapped.map {
                    [
                        "type": .string($0.type), "count": .int(Int64($0.count)), "last": .string($0.last.text),
                        "definition": .string(EventSketch.text($0.type)),
                    ]
                }),
            "waiting": .array(
                waiting.items.map { subject in
                    [
                        "subject": .string(subject.name), "count": .int(Int64(subject.count)), "since": JSON(subject.since?.text),
                        "matches": .array(subject.matches.map { ["id": .string($0.id), "name": .string($0.name)] }),
                    ]
                }),
            "waiting_total": .int(Int64(waiting.total)), "waiting_next_cursor": JSON(waiting.next),
            "feeds": .array(feeds.map { ["type": .string($0.type), "last": JSON($0.last?.text)] }),
        ]
    }
}

extension SourceActivity {
    fileprivate func document(at now: Instant) -> JSON {
        let fates = SeenItem.Fate.allCases.map { JSONObject.Member($0.rawValue, .int(Int64(counts[$0] ?? 0))) }
        let codes = rejections.sorted { precedes($0.key, $1.key) }.map { JSONObject.Member($0.key, .int(Int64($0.value))) }
        return [
            "source": .string(name), "since": .string(since.text), "last": .string(last.text),
            "last_hour": .int(Int64(lastHour(at: now))), "counts": .object(JSONObject(fates)),
            "rejections": .object(JSONObject(codes)), "tail": .array(tail.reversed().map(\.document)),
        ]
    }
}

extension SeenItem {
    fileprivate var document: JSON {
        [
            "at": .string(at.text), "id": .string(id), "type": .string(type), "fate": .string(fate.rawValue),
            "code": JSON(refusal?.code), "detail": JSON(refusal?.detail), "pointer": JSON(refusal?.pointer),
        ]
    }
}
