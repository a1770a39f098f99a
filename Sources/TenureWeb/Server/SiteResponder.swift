import HTTPTypes
import Hummingbird
import NIOCore

/// Between the HTTP library and the site.
struct SiteResponder: HTTPResponder {
    let site: Site

    func respond(to request: Request, context: WebContext) async throws -> Response {
        let incoming = Incoming(
            method: request.method, target: request.head.path ?? "/", fields: request.headers,
            authority: request.head.authority, isLoopback: context.isLoopback,
            pieces: { try await request.pieces(max: $0, $1) }, body: { try await request.bytes(max: $0) })
        let answer = await site.answer(incoming)
        var fields = answer.fields
        // What is left of a body that nobody wants is not worth reading.
        if answer.status == .contentTooLarge || answer.status == .requestTimeout {
            fields[.connection] = "close"
        }
        return Response(status: answer.status, headers: fields, body: body(of: answer, to: request))
    }

    private func body(of answer: Answer, to request: Request) -> ResponseBody {
        guard let stream = answer.stream else {
            return answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        }
        return ResponseBody { writer in
            try await request.body.consumeWithInboundCloseHandler { _ in
                try await stream.run { try await writer.write(ByteBuffer(string: $0)) }
            } onInboundClosed: {
                stream.end()
            }
            try await writer.finish(nil)
        }
    }
}

struct WebContext: InitializableFromSource, Sendable {
    let isLoopback: Bool

    init(source: ApplicationRequestContextSource) {
        isLoopback = source.channel.remoteAddress?.isLoopback ?? false
    }
}

extension SocketAddress {
    /// 127.0.0.0/8 and ::1, also where IPv6 maps it.
    var isLoopback: Bool {
        guard let text = ipAddress else { return false }
        return text == "::1" || text.hasPrefix("127.") || text.hasPrefix("::ffff:127.")
    }
}

extension Request {
    /// The whole body; a peer that sends more, or falls silent, gets a problem.
    fileprivate func bytes(max bytesMax: Int) async throws -> [UInt8] {
        try checkAnnounced(bytesMax)
        return try await within(seconds: WebLimits.bodySecondsMax) { try await collect(bytesMax) }
    }

    fileprivate func pieces(max bytesMax: Int, _ take: @escaping @Sendable ([UInt8]) async throws -> Void) async throws {
        try checkAnnounced(bytesMax)
        try await within(seconds: WebLimits.uploadSecondsMax) {
            var count = 0
            for try await buffer in Arriving(body: body) {
                count += buffer.readableBytes
                guard count <= bytesMax else { throw Self.tooLarge(bytesMax) }
                try await take(Array(buffer.readableBytesView))
            }
        }
    }

    private func checkAnnounced(_ bytesMax: Int) throws {
        if let announced = headers[.contentLength].flatMap({ Int($0) }), announced > bytesMax {
            throw Self.tooLarge(bytesMax)
        }
    }

    private static func tooLarge(_ bytesMax: Int) -> Problem {
        Problem(.bodyTooLarge, "The body has more than \(bytesMax) bytes.")
    }

    private func within<Value: Sendable>(
        seconds: Int64, _ read: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await read() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw Problem(.requestTimeout, "The body did not arrive within \(seconds) seconds.")
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

    private func collect(_ bytesMax: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in Arriving(body: body) {
            guard bytes.count + buffer.readableBytes <= bytesMax else { throw Self.tooLarge(bytesMax) }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }
}

/// A body as it comes. That it breaks off, or that its chunks are none, is the peer's mistake and no failure of ours.
private struct Arriving: AsyncSequence {
    let body: RequestBody

    struct AsyncIterator: AsyncIteratorProtocol {
        var body: RequestBody.AsyncIterator

        mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            do {
                return try await body.next(isolation: actor)
            } catch let error as CancellationError {
                throw error
            } catch {
                throw Problem(.malformedRequest, "The body broke off, or its chunks break the grammar of HTTP.")
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: body.makeAsyncIterator()) }
}
