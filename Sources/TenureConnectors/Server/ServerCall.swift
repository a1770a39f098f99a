import CCurl

/// A request of the command line to the server that owns its data directory. libcurl waits without work; Foundation's
/// session on Linux asks the socket without pause for as long as an answer takes, which costs a whole core.
package struct ServerCall: Sendable {
    package struct Answer: Sendable {
        package let status: Int
        package let body: [UInt8]
    }

    /// Why there is no answer, in words.
    package struct Unanswered: Error, Sendable {
        package let reason: String
    }

    private static let courier = Courier(threadsMax: 2)
    private static let answerBytesMax = 256 << 20

    private let url: String
    private let key: String
    private let secondsMax: Int

    /// - Parameter key: the API key that is shown to the server.
    package init(_ url: String, key: String, secondsMax: Int) {
        self.url = url
        self.key = key
        self.secondsMax = secondsMax
    }

    package func get() async throws(Unanswered) -> Answer { try await send(nil) }
    package func post(json body: [UInt8]) async throws(Unanswered) -> Answer { try await send(body) }
    package func delete(json body: [UInt8]) async throws(Unanswered) -> Answer { try await send(body, method: "DELETE") }

    /// - Parameter method: nil: POST with a body, GET without.
    private func send(_ body: [UInt8]?, method: String? = nil) async throws(Unanswered) -> Answer {
        let result = await Self.courier.run(with: CurlHandle()) { handle -> Result<Answer, Unanswered> in
            guard let handle else { return .failure(Unanswered(reason: TransferEnd.failed.rawValue)) }
            if let method { handle.set(CURLOPT_CUSTOMREQUEST, method) }
            return perform(handle, body)
        }
        return try result.get()
    }

    private func perform(_ handle: CurlHandle, _ body: [UInt8]?) -> Result<Answer, Unanswered> {
        let answer = CurlAnswer(bodyBytesMax: Self.answerBytesMax)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_URL, url)
        handle.set(CURLOPT_TIMEOUT, secondsMax)
        handle.set(CURLOPT_HTTPHEADER, ["Authorization: Bearer \(key)", "Content-Type: application/json", "Expect:"])
        if let body { handle.setBody(body) }
        unsafe handle.set(CURLOPT_WRITEFUNCTION, CurlAnswer.read, CURLOPT_WRITEDATA, answer)
        unsafe handle.set(CURLOPT_HEADERFUNCTION, CurlAnswer.readHeader, CURLOPT_HEADERDATA, answer)
        let end = handle.perform()
        guard end == .finished else { return .failure(Unanswered(reason: end.rawValue)) }
        return .success(Answer(status: handle.number(CURLINFO_RESPONSE_CODE), body: answer.body))
    }
}
