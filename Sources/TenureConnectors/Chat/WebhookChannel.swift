import CCurl
import TenureCore
package import TenureRuntime

/// Posts messages to one chat channel. The URL's path is the key to that channel and appears nowhere.
package struct WebhookChannel: Channel {
    private static let forbidden = DeliveryOutcome.refused(reason: "destination-not-allowed")

    package let name: String
    /// The configured name, which deliveries give as their address.
    package let label: String
    package let kind: ChatKind
    package var connectMillisecondsMax = 5000
    package var totalMillisecondsMax = 15_000
    /// A PEM file of authorities to trust instead of the system's.
    package var authorityFile: String?
    private let url: WebhookURL
    private let policy: DestinationPolicy
    private let resolver: HostResolver
    private let courier = Courier(threadsMax: 2)

    package init(
        label: String, kind: ChatKind, url: String, policy: DestinationPolicy = DestinationPolicy(),
        resolver: HostResolver = .system
    ) throws(WebhookURL.Mistake) {
        self.url = try WebhookURL(url, policy: policy)
        self.label = label
        self.kind = kind
        self.policy = policy
        self.resolver = resolver
        name = "\(kind.rawValue) \(label) at \(self.url.place)"
    }

    package func send(_ delivery: Delivery) async -> DeliveryOutcome {
        guard delivery.channel == .chat else { return .refused(reason: "this is not a chat message") }
        return await courier.run(with: CurlHandle()) { [self] handle in
            guard let handle else {
                return .deferred(reason: "libcurl could not start", retryAfterSeconds: nil)
            }
            return deliver(delivery, over: handle)
        }
    }

    private func deliver(_ delivery: Delivery, over handle: CurlHandle) -> DeliveryOutcome {
        let start = ContinuousClock.now
        guard let addresses = resolver.addresses(url.host) else {
            return .deferred(reason: TransferEnd.unresolved.rawValue, retryAfterSeconds: nil)
        }
        guard policy.allows(all: addresses) else { return Self.forbidden }
        let spent = Int(clamping: ContinuousClock.now.milliseconds(since: start))
        guard spent < totalMillisecondsMax else {
            return .deferred(reason: TransferEnd.timedOut.rawValue, retryAfterSeconds: nil)
        }
        handle.set(CURLOPT_TIMEOUT_MS, totalMillisecondsMax - spent)
        pin(addresses, on: handle)
        return post(delivery.body, over: handle)
    }

    /// The checked addresses are the only ones that libcurl knows for the name.
    private func pin(_ addresses: [PeerAddress], on handle: CurlHandle) {
        guard PeerAddress(literal: url.host) == nil else { return }
        let list = addresses.map { $0.bytes.count == 16 ? "[\($0.text)]" : $0.text }.joined(separator: ",")
        handle.set(CURLOPT_RESOLVE, ["\(url.host):\(url.port):\(list)"])
    }

    private func post(_ body: [UInt8], over handle: CurlHandle) -> DeliveryOutcome {
        let gate = PeerGate(policy: policy)
        let answer = CurlAnswer()
        handle.prepare(url, authorityFile, connectMillisecondsMax)
        handle.setBody(body)
        unsafe handle.set(open: PeerGate.open, gate)
        unsafe handle.set(CURLOPT_WRITEFUNCTION, CurlAnswer.read, CURLOPT_WRITEDATA, answer)
        unsafe handle.set(CURLOPT_HEADERFUNCTION, CurlAnswer.readHeader, CURLOPT_HEADERDATA, answer)
        let end = handle.perform()
        return gate.hasRefused ? Self.forbidden : outcome(end, answer, handle, body.count)
    }

    private func outcome(
        _ end: TransferEnd, _ answer: CurlAnswer, _ handle: CurlHandle, _ size: Int
    ) -> DeliveryOutcome {
        let outcome = WebhookOutcome(
            end: end, status: answer.hasHeader ? handle.number(CURLINFO_RESPONSE_CODE) : nil,
            answer: answer.body,
            retryAfterSeconds: answer.retryAfter.flatMap { RetryAfter.seconds($0, now: WallClock.now) },
            bodySent: handle.size(CURLINFO_SIZE_UPLOAD_T) >= size)
        return outcome.delivery(kind: kind, secret: url.target.revealed)
    }
}

extension ContinuousClock.Instant {
    fileprivate func milliseconds(since start: Self) -> Int64 {
        let (seconds, attoseconds) = (self - start).components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}

extension CurlHandle {
    fileprivate func prepare(_ url: WebhookURL, _ authorityFile: String?, _ connectMillisecondsMax: Int) {
        set(CURLOPT_PROTOCOLS_STR, url.isSecure ? "https" : "http")
        set(CURLOPT_URL, url.text)
        set(CURLOPT_CONNECTTIMEOUT_MS, connectMillisecondsMax)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_HTTPHEADER, ["Content-Type: application/json", "User-Agent: Tenure", "Expect:"])
        if let authorityFile { set(CURLOPT_CAINFO, authorityFile) }
    }
}
