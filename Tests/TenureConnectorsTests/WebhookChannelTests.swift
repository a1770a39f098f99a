import Foundation
import TenureConnectors
import TenureCore
import TenureRuntime
import Testing

@Suite(
    .serialized,
    .enabled(if: Peer.isAvailable, "python3 with aiosmtpd is missing: webhooks are not tested over a wire"))
struct WebhookChannelTests {
    private static let secret = "T0SECRET0/B0SECRET0"
    private static let here = DestinationPolicy(allowsLoopback: true)

    private func channel(
        _ peer: Peer, _ path: String = "take", kind: ChatKind = .slack, scheme: String = "http",
        host: String = "127.0.0.1"
    ) throws -> WebhookChannel {
        var channel = try WebhookChannel(
            label: "#customers", kind: kind, url: "\(scheme)://\(host):\(peer.port)/\(path)/\(Self.secret)",
            policy: Self.here)
        channel.totalMillisecondsMax = 1500
        return channel
    }

    private func outcome(_ path: String, kind: ChatKind = .slack) async throws -> String {
        let peer = try Peer("http_peer.py")
        return await peer.take(.chat(), from: try channel(peer, path, kind: kind)).text
    }

    @Test func `a message arrives as JSON`() async throws {
        let peer = try Peer("http_peer.py")
        let outcome = await peer.take(.chat(), from: try channel(peer))
        #expect(outcome == .accepted(detail: "200 ok"))
        let facts = try #require(try peer.facts().first?.object)
        #expect(facts["method"] == "POST" && facts["path"] == .string("/take/\(Self.secret)"))
        #expect(facts["body"]?.string == String(decoding: Delivery.chat().body, as: UTF8.self))
        let headers = try #require(facts["headers"]?.object)
        #expect(
            headers["Content-Type"] == "application/json"
                && headers["Host"] == .string("127.0.0.1:\(peer.port)"))
        #expect(headers["Accept-Encoding"] == nil && headers["Expect"] == nil)
    }

    @Test func `a name of this machine works too when allowed`() async throws {
        let peer = try Peer("http_peer.py")
        let resolver = HostResolver { _ in PeerAddress(literal: "127.0.0.1").map { [$0] } }
        let channel = try WebhookChannel(
            label: "x", kind: .slack, url: "http://localhost:\(peer.port)/take/x", policy: Self.here,
            resolver: resolver)
        let outcome = await peer.take(.chat(), from: channel)
        #expect(outcome == .accepted(detail: "200 ok"))
    }

    @Test(arguments: [
        ("status-400", "refused: answered 400 no"), ("status-404", "refused: answered 404 channel_not_found"),
        ("status-410", "refused: answered 410 no"), ("status-408", "deferred: answered 408 no"),
        ("status-500", "deferred: answered 500 no"), ("status-503", "deferred: answered 503 no"),
        ("status-202", "accepted: 202 no"), ("busy-7", "deferred: answered 429 slow (after 7 s)"),
        ("busy-999999999", "deferred: answered 429 slow (after 86400 s)"),
        ("busy-99999999999999999999", "deferred: answered 429 slow (after 86400 s)"),
        ("busy-soon", "deferred: answered 429 slow"), ("busy--5", "deferred: answered 429 slow"),
        ("redirect", "refused: answered 302: redirects are not followed"),
        ("huge", "accepted: 200"),
        ("headers", "unknown: the answer was too long after the whole message was sent"),
        ("drip", "accepted: 200"),
        ("stall-30", "unknown: the peer took too long after the whole message was sent"),
        ("drop", "unknown: the connection broke after the whole message was sent"),
    ])
    func `an answer decides what becomes of the message`(path: String, expected: String) async throws {
        let start = ContinuousClock.now
        let outcome = try await outcome(path)
        #expect(outcome == expected)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `redirects are not followed`() async throws {
        let peer = try Peer("http_peer.py")
        _ = await peer.take(.chat(), from: try channel(peer, "redirect"))
        #expect(try peer.facts().count == 1)
    }

    @Test func `Teams' quiet failure is a failure`() async throws {
        #expect(try await outcome("teams", kind: .teams).hasPrefix("deferred: answered 200, but"))
        #expect(try await outcome("teams", kind: .slack).hasPrefix("accepted"))
    }

    @Test(arguments: ["echo-400", "echo-404", "echo-500", "word-B0SECRET0", "drop", "stall-9"])
    func `the secret is never repeated`(path: String) async throws {
        let peer = try Peer("http_peer.py")
        let channel = try channel(peer, path)
        let text = await peer.take(.chat(), from: channel).text
        #expect(!text.contains("SECRET") && !channel.name.contains("SECRET"))
        #expect(channel.name == "slack #customers at 127.0.0.1:\(peer.port)")
    }

    @Test func `nobody listening means later`() async throws {
        let port = try Peer("http_peer.py").port
        let channel = try WebhookChannel(
            label: "x", kind: .slack, url: "http://127.0.0.1:\(port)/x", policy: Self.here)
        #expect(await channel.send(.chat()).text == "deferred: no connection could be made")
    }

    @Test(.enabled(if: Peer.canMakeCertificates, "openssl is missing"))
    func `a certificate must be trusted and of the right name`() async throws {
        let peer = try Peer("http_peer.py", certificate: HomeMadeCertificate())
        var channel = try channel(peer, scheme: "https")
        let reason = "deferred: the TLS connection could not be made or its certificate was not trusted"
        #expect(await peer.take(.chat(), from: channel).text == reason)
        channel.authorityFile = peer.authority
        #expect(await peer.take(.chat(), from: channel).text == "accepted: 200 ok")
        let stranger = try Peer("http_peer.py", certificate: HomeMadeCertificate(name: "elsewhere.example"))
        var wrongName = try self.channel(stranger, scheme: "https")
        wrongName.authorityFile = stranger.authority
        #expect(await stranger.take(.chat(), from: wrongName).text == reason)
    }
}

// MARK: - Names that point inside

@Suite struct WebhookDestinationTests {
    private func send(resolvingTo literals: [String]?, policy: DestinationPolicy = DestinationPolicy())
        async throws -> String
    {
        let addresses = try literals.map { try $0.map { try #require(PeerAddress(literal: $0)) } }
        var channel = try WebhookChannel(
            label: "x", kind: .slack, url: "https://hooks.vendor.example/x", policy: policy,
            resolver: HostResolver { _ in addresses })
        channel.connectMillisecondsMax = 300
        channel.totalMillisecondsMax = 300
        return await channel.send(.chat()).text
    }

    @Test(arguments: [
        ["127.0.0.1"], ["10.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["169.254.169.254"],
        ["8.8.8.8", "10.0.0.1"],
        ["fe80::1"], ["0.0.0.0"], [],
    ])
    func `a name that points inside is refused for good`(literals: [String]) async throws {
        #expect(try await send(resolvingTo: literals) == "refused: destination-not-allowed")
    }

    /// libcurl reads these as 127.0.0.1 without asking anyone: the gate before the socket must catch them.
    @Test(arguments: ["2130706433", "0x7f000001", "127.1", "0177.0.0.1"])
    func `an address in disguise is caught before the socket`(host: String) async throws {
        let open = try #require(PeerAddress(literal: "8.8.8.8"))
        let channel = try WebhookChannel(
            label: "x", kind: .slack, url: "https://\(host)/x", resolver: HostResolver { _ in [open] })
        #expect(await channel.send(.chat()).text == "refused: destination-not-allowed")
    }

    @Test func `a resolver's failure is never taken for permission`() async throws {
        #expect(try await send(resolvingTo: nil) == "deferred: the host's name could not be resolved")
    }

    @Test func `metadata stays closed whatever the operator opened`() async throws {
        let policy = DestinationPolicy(allowsLoopback: true, networks: [try #require(Network("0.0.0.0/0"))])
        #expect(
            try await send(resolvingTo: ["169.254.169.254"], policy: policy)
                == "refused: destination-not-allowed")
    }

    @Test func `an unknown chat channel is refused`() async throws {
        let channel = try WebhookChannel(label: "#a", kind: .teams, url: "https://hooks.vendor.example/x")
        let channels = ChatChannels([channel])
        #expect(channels.kind(of: "#a") == .teams && channels.kind(of: "#b") == nil)
        #expect(
            await channels.send(.chat(to: "#b")).text == "refused: no chat channel of that name is configured"
        )
    }
}
