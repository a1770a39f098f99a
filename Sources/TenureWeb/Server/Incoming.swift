package import HTTPTypes

/// One request as routes see it: no socket, no HTTP library, so that a test can make one.
package struct Incoming: Sendable {
    package var method: HTTPRequest.Method
    /// Path and query as they were sent.
    package var target: String
    package var fields: HTTPFields
    /// Host and port as the client named them; nil when it should have and did not.
    package var authority: String?
    /// Whether the peer is this machine itself.
    package var isLoopback: Bool
    /// Reads the whole body, or throws a `Problem` when it is larger than the limit in bytes or does not come.
    package var body: @Sendable (_ bytesMax: Int) async throws -> [UInt8]
    /// Gives the body a piece after the other, and waits for whoever takes it; throws as `body` does.
    package var pieces: Pieces

    package typealias Pieces =
        @Sendable (_ bytesMax: Int, _ take: @escaping @Sendable ([UInt8]) async throws -> Void) async throws -> Void

    /// - Parameter pieces: nil: the whole body is one.
    package init(
        method: HTTPRequest.Method, target: String, fields: HTTPFields, authority: String?,
        isLoopback: Bool, pieces: Pieces? = nil,
        body: @escaping @Sendable (Int) async throws -> [UInt8]
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.authority = authority
        self.isLoopback = isLoopback
        self.body = body
        self.pieces = pieces ?? { bytesMax, take in try await take(try await body(bytesMax)) }
    }
}

/// What goes back.
package struct Answer: Sendable {
    package var status: HTTPResponse.Status
    package var fields: HTTPFields
    package var body: [UInt8]
    /// Behind the body, for as long as there is something to say.
    package var stream: AnswerStream?

    package init(_ status: HTTPResponse.Status, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The body as text, for tests and logs.
    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// A body that goes on while the connection is open.
package struct AnswerStream: Sendable {
    /// Hands over a text after the other; each call waits until the peer has taken enough of what came before.
    package var run: @Sendable @concurrent (_ write: @concurrent (String) async throws -> Void) async throws -> Void
    /// The peer has gone: `run` returns soon.
    package var end: @Sendable () -> Void
}
