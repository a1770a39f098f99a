/// The mail server that messages are handed to.
package struct SMTPSettings: Sendable {
    package enum StartTLS: String, Hashable, Sendable, CaseIterable {
        case required
        case whenOffered = "when_offered"
        case never
    }

    /// Why settings are refused; holds no part of the URL.
    package enum Mistake: String, Error, Hashable, Sendable {
        case malformed = "the mail server's URL is not of the form smtp://user:password@host:port"
        case scheme = "the mail server's URL must begin with smtp:// or smtps://"
        case exposedPassword =
            "a user name and password need STARTTLS required (or never, to send them in the clear on purpose)"
    }

    package let isImplicitTLS: Bool
    package let host: String
    package let port: Int
    package let startTLS: StartTLS
    let user: String?
    let password: Secret?
    /// A PEM file of authorities to trust instead of the system's.
    package var authorityFile: String?
    package var connectMillisecondsMax = 10_000
    package var totalMillisecondsMax = 60_000

    /// `smtp://user:password@host:port` (port 587 unless given) or `smtps://…` (465). Names and passwords are
    /// percent-encoded. STARTTLS is required unless the server is this machine itself.
    package init(url: String, startTLS: StartTLS? = nil) throws(Mistake) {
        let (isImplicit, rest) = try Self.scheme(of: url)
        let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
        let authority = parts.last?.prefix { $0 != "/" } ?? ""
        guard parts.count <= 2, (parts.last ?? "").dropFirst(authority.count).count <= 1,
            let place = HostAndPort(authority, defaultPort: isImplicit ? 465 : 587)
        else { throw .malformed }
        isImplicitTLS = isImplicit
        host = place.host
        port = place.port
        (user, password) = parts.count == 2 ? try Self.credentials(parts[0]) : (nil, nil)
        self.startTLS = startTLS ?? (Self.isLoopback(place.host) ? .whenOffered : .required)
        if user != nil, !isImplicit, self.startTLS == .whenOffered, !isLoopback { throw .exposedPassword }
    }

    var isLoopback: Bool { Self.isLoopback(host) }

    /// Opportunistic TLS to this machine itself guards against nobody, and such servers show home-made
    /// certificates.
    var checksCertificate: Bool {
        isImplicitTLS || startTLS != .whenOffered || !isLoopback || authorityFile != nil
    }

    private static func isLoopback(_ host: String) -> Bool {
        host.lowercased() == "localhost" || PeerAddress(literal: host)?.kind == .loopback
    }

    private static func scheme(of url: String) throws(Mistake) -> (isImplicit: Bool, rest: Substring) {
        guard url.utf8.count <= 2048, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .malformed
        }
        if url.hasPrefix("smtps://") { return (true, url.dropFirst(8)) }
        if url.hasPrefix("smtp://") { return (false, url.dropFirst(7)) }
        throw .scheme
    }

    private static func credentials(_ text: Substring) throws(Mistake) -> (String?, Secret?) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let user = PercentText.decoded(parts[0]), !user.isEmpty,
            let password = PercentText.decoded(parts[1])
        else { throw .malformed }
        return (user, Secret(password))
    }
}

/// `%40` for `@` and the like.
enum PercentText {
    /// Nil for a broken escape, a control character or bytes that are not UTF-8.
    static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
