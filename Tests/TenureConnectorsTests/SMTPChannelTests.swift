import Foundation
import TenureConnectors
import TenureCore
import TenureRuntime
import Testing

@Suite(
    .serialized,
    .enabled(if: Peer.isAvailable, "python3 with aiosmtpd is missing: mail is not tested over a wire"))
struct SMTPChannelTests {
    private func channel(
        _ peer: Peer, login: String = "", startTLS: SMTPSettings.StartTLS? = nil, secondsMax: Double = 10,
        authority: String? = nil, scheme: String = "smtp"
    ) throws -> SMTPChannel {
        var settings = try SMTPSettings(url: "\(scheme)://\(login)127.0.0.1:\(peer.port)", startTLS: startTLS)
        settings.totalMillisecondsMax = Int(secondsMax * 1000)
        settings.authorityFile = authority
        return SMTPChannel(settings: settings)
    }

    @Test func `a mail arrives byte for byte`() async throws {
        let peer = try Peer("smtp_peer.py")
        let channel = try channel(peer)
        #expect(await peer.take(try .mail(), from: channel) == .accepted(detail: "250 OK queued as 1"))
        let arrived = try #require(try peer.kept(".eml").first)
        #expect(try Array(arrived) == MailMessage.welcome.bytes())
        #expect(try MailAsRead(Array(arrived)).errors == [])
        let facts = try #require(try peer.facts().first?.object)
        #expect(facts["from"] == "success@credlink.example")
        #expect(facts["to"] == ["zoe@acme.example"])
        #expect(facts["tls"] == false)
        #expect(channel.name == "smtp 127.0.0.1:\(peer.port)")
    }

    @Test func `lines of dots and a large text arrive unchanged`() async throws {
        let peer = try Peer("smtp_peer.py")
        let text = ".\n..\n.\n\n" + String(repeating: "zeile für zeile, ", count: 10_000) + "\n."
        let delivery = try Delivery.mail(.note(text: text))
        #expect(await peer.take(delivery, from: try channel(peer)) == .accepted(detail: "250 OK queued as 1"))
        #expect(try peer.kept(".eml").map { Array($0) } == [delivery.body])
    }

    @Test func `a body with bare dots in its lines is stuffed and arrives unchanged`() async throws {
        let peer = try Peer("smtp_peer.py")
        var delivery = try Delivery.mail()
        delivery.body = Array("Subject: x\r\n\r\n.\r\n..\r\n.hidden\r\nend\r\n".utf8)
        #expect(await peer.take(delivery, from: try channel(peer)) == .accepted(detail: "250 OK queued as 1"))
        #expect(try peer.kept(".eml").map { Array($0) } == [delivery.body])
    }

    @Test func `many mails at once all arrive, each once`() async throws {
        let peer = try Peer("smtp_peer.py")
        let channel = try channel(peer)
        let outcomes = await withTaskGroup(of: DeliveryOutcome?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    await (try? Delivery.mail(.note(number: number))).asyncMap { await channel.send($0) }
                }
            }
            return await group.reduce(into: [DeliveryOutcome?]()) { $0.append($1) }
        }
        #expect(outcomes.count == 20)
        #expect(outcomes.allSatisfy { $0?.text.hasPrefix("accepted: 250 OK") == true })
        let ids = try peer.kept(".eml").map {
            try #require(String(decoding: $0, as: UTF8.self).firstMatch(of: /<note-\d+@/)?.0)
        }
        #expect(ids.count == 20 && Set(ids).count == 20)
    }

    @Test func `the right password opens the door`() async throws {
        let peer = try Peer("smtp_peer.py", ["--auth", "ada@x:s:cret"])
        #expect(
            await peer.take(try .mail(), from: try channel(peer, login: "ada%40x:s%3Acret@")).text.hasPrefix(
                "accepted"))
        #expect(try peer.facts().first?.object?["authenticated"] == true)
    }

    @Test func `a wrong or missing password holds the mail back and is not shown`() async throws {
        let peer = try Peer("smtp_peer.py", ["--auth", "ada:secret"])
        let wrong = await peer.take(try .mail(), from: try channel(peer, login: "ada:wr0ng@"))
        #expect(wrong.text == "deferred: the server refused our user name or password")
        let none = await peer.take(try .mail(), from: try channel(peer))
        #expect(none.text == "deferred: the server wants a login or TLS: 530 5.7.0 Authentication required")
        #expect(try peer.kept(".eml").isEmpty)
    }

    @Test func `a busy server takes the second attempt`() async throws {
        let peer = try Peer("smtp_peer.py", ["--fail", "1:451"])
        let channel = try channel(peer)
        let delivery = try Delivery.mail()
        #expect(
            await peer.take(delivery, from: channel)
                == .deferred(reason: "451 simulated", retryAfterSeconds: nil))
        #expect(await peer.take(delivery, from: channel) == .accepted(detail: "250 OK queued as 1"))
        #expect(try peer.kept(".eml").map { Array($0) } == [delivery.body])
    }

    @Test func `a message that is refused stays refused`() async throws {
        let peer = try Peer("smtp_peer.py", ["--fail", "1:554"])
        #expect(await peer.take(try .mail(), from: try channel(peer)) == .refused(reason: "554 simulated"))
    }

    @Test func `one unknown recipient stops no other`() async throws {
        let peer = try Peer("smtp_peer.py", ["--rcpt", "550 5.1.1 no such user"])
        let channel = try channel(peer)
        let refused = await peer.take(try .mail(to: "nobody@acme.example"), from: channel)
        #expect(refused == .refused(reason: "550 5.1.1 no such user"))
        #expect(await peer.take(try .mail(), from: channel).text.hasPrefix("accepted"))
    }

    @Test func `a greylisted recipient is tried again`() async throws {
        let peer = try Peer("smtp_peer.py", ["--rcpt", "450 4.2.0 greylisted"])
        let outcome = await peer.take(try .mail(to: "nobody@acme.example"), from: try channel(peer))
        #expect(outcome == .deferred(reason: "450 4.2.0 greylisted", retryAfterSeconds: nil))
    }

    @Test func `nobody listening means later`() async throws {
        let port = try Peer("smtp_peer.py").port
        let channel = SMTPChannel(settings: try SMTPSettings(url: "smtp://127.0.0.1:\(port)"))
        #expect(await channel.send(try .mail()).text == "deferred: no connection could be made")
        let nameless = SMTPChannel(settings: try SMTPSettings(url: "smtp://mail.invalid"))
        #expect(await nameless.send(try .mail()).text == "deferred: the host's name could not be resolved")
    }

    @Test func `a line cut after the message leaves the outcome unknown`() async throws {
        let peer = try Peer("smtp_peer.py", ["--drop"])
        let outcome = await peer.take(try .mail(), from: try channel(peer))
        #expect(outcome == .unknown(reason: "the connection broke after the whole message was sent"))
        #expect(try peer.kept(".eml").count == 1)
    }

    @Test func `a line cut before the message means later`() async throws {
        let peer = try Peer("smtp_peer.py", ["--drop-early"])
        #expect(
            await peer.take(try .mail(), from: try channel(peer)).text.hasPrefix(
                "deferred: the connection broke"))
        #expect(try peer.kept(".eml").isEmpty)
    }

    @Test func `a server that never answers the message leaves the outcome unknown`() async throws {
        let peer = try Peer("smtp_peer.py", ["--stall-data", "30"])
        let start = ContinuousClock.now
        let outcome = await peer.take(try .mail(), from: try channel(peer, secondsMax: 1))
        #expect(
            outcome == .unknown(reason: "the server gave no answer in time after the whole message was sent"))
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `a server that never greets is given up in time`() async throws {
        let peer = try Peer("smtp_peer.py", ["--stall-hello", "30"])
        let start = ContinuousClock.now
        #expect(
            await peer.take(try .mail(), from: try channel(peer, secondsMax: 1)).text
                == "deferred: the peer took too long")
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test(arguments: [
        "ada@acme.example\r\nRCPT TO:<eve@acme.example>", "ada@acme.example> NOTIFY=NEVER", "ada", "",
        "a b@acme.example",
    ])
    func `an address cannot smuggle commands`(address: String) async throws {
        let peer = try Peer("smtp_peer.py")
        let channel = try channel(peer)
        #expect(
            await peer.take(try .mail(to: address), from: channel)
                == .refused(reason: "the address is not valid"))
        var delivery = try Delivery.mail()
        delivery.sender = address
        #expect(await peer.take(delivery, from: channel) == .refused(reason: "the sender is not valid"))
        #expect(try peer.kept(".eml").isEmpty)
    }
}

// MARK: - TLS

@Suite(
    .serialized,
    .enabled(
        if: Peer.isAvailable && Peer.canMakeCertificates, "python3 with aiosmtpd, or openssl, is missing"))
struct SMTPOverTLSTests {
    private func send(
        _ peer: Peer, _ startTLS: SMTPSettings.StartTLS, trusting authority: String? = nil,
        scheme: String = "smtp"
    ) async throws -> String {
        var settings = try SMTPSettings(url: "\(scheme)://127.0.0.1:\(peer.port)", startTLS: startTLS)
        settings.authorityFile = authority
        return await peer.take(try .mail(), from: SMTPChannel(settings: settings)).text
    }

    @Test func `required but not offered means later, and nothing is sent`() async throws {
        let peer = try Peer("smtp_peer.py")
        #expect(try await send(peer, .required) == "deferred: the server offers no TLS")
        #expect(try peer.kept(".eml").isEmpty)
    }

    @Test func `required and offered travels encrypted`() async throws {
        let peer = try Peer("smtp_peer.py", ["--needs-tls"], certificate: HomeMadeCertificate())
        #expect(try await send(peer, .required, trusting: peer.authority).hasPrefix("accepted"))
        #expect(try peer.facts().first?.object?["tls"] == true)
    }

    @Test func `a certificate of nobody's is not trusted`() async throws {
        let peer = try Peer("smtp_peer.py", certificate: HomeMadeCertificate())
        let reason = "deferred: the TLS connection could not be made or its certificate was not trusted"
        #expect(try await send(peer, .required) == reason)
        #expect(try peer.kept(".eml").isEmpty)
    }

    @Test func `a certificate of another name is not trusted`() async throws {
        let peer = try Peer("smtp_peer.py", certificate: HomeMadeCertificate(name: "elsewhere.example"))
        #expect(
            try await send(peer, .required, trusting: peer.authority).hasPrefix(
                "deferred: the TLS connection"))
    }

    @Test func `this machine's own server may show a home-made certificate`() async throws {
        let peer = try Peer("smtp_peer.py", certificate: HomeMadeCertificate())
        #expect(try await send(peer, .whenOffered).hasPrefix("accepted"))
        #expect(try peer.facts().first?.object?["tls"] == true)
    }

    @Test func `never means never, even when the server wants it`() async throws {
        let peer = try Peer("smtp_peer.py", ["--needs-tls"], certificate: HomeMadeCertificate())
        #expect(try await send(peer, .never).hasPrefix("deferred: the server wants a login or TLS: 530"))
    }

    @Test func `TLS from the first byte`() async throws {
        let peer = try Peer("smtp_peer.py", ["--implicit"], certificate: HomeMadeCertificate())
        #expect(
            try await send(peer, .required, trusting: peer.authority, scheme: "smtps").hasPrefix("accepted")
        )
        #expect(try await send(peer, .required, scheme: "smtps").hasPrefix("deferred: the TLS connection"))
    }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async -> Result) async -> Result? {
        if let self { await transform(self) } else { nil }
    }
}
