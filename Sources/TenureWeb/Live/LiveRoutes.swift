import HTTPTypes
import TenureRuntime

/// One stream for each page that somebody looks at; pages are whole without it.
enum LiveRoutes {
    static let routes: [Route] = [
        .page(LivePart.path) { call, visitor in
            let texts = try call.query(allowing: ["part", "account", "person", "since"])
            let part = try LivePart(texts, visitor)
            // What a browser says that was cut off is newer than what the page says.
            let known = (call.fields[.lastEventID] ?? texts["since"]).flatMap { UInt64($0) }
            guard call.method == .get else { return answer }
            let stream = LiveStream(
                house: call.house, cookie: visitor.cookie, workspace: visitor.workspace, part: part,
                listener: try listener(part, call.house, visitor), known: known)
            var answer = answer
            answer.stream = AnswerStream(run: { try await stream.run($0) }, end: { stream.listener.leave() })
            return answer
        }
    ]

    private static var answer: Answer {
        Answer(.ok, fields: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"])
    }

    private static func listener(_ part: LivePart, _ house: House, _ visitor: Visitor) throws -> Listener {
        do {
            return try house.listen(to: part.topic(visitor.workspace), in: visitor.workspace, cookie: visitor.cookie)
        } catch Listeners.Refusal.shuttingDown {
            throw Problem(.shuttingDown, "The server is stopping.")
        } catch Listeners.Refusal.tooMany {
            throw Problem(.unavailable, "Too many pages listen already; this one is whole without it.")
        }
    }
}
