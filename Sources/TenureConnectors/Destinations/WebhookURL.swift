/// The address of a receiver, read strictly. Its path is a secret: nothing here describes it.
package struct WebhookURL: Sendable {
    /// Why an address is refused; holds no part of it.
    package enum Mistake: String, Error, Hashable, Sendable {
        case malformed = "the webhook's URL is not an absolute URL in ASCII"
        case scheme = "the webhook's URL must begin with https://"
        case userInfo = "the webhook's URL must not hold a user name or password"
        case port = "the webhook's port is not allowed"
        case destination = "the webhook's address is not allowed"
    }

    package let isSecure: Bool
    /// A name or an address, without brackets.
    package let host: String
    package let port: Int
    /// Everything behind the host and port; secret.
    let target: Secret

    package init(_ text: String, policy: DestinationPolicy) throws(Mistake) {
        let (secure, rest) = try Self.scheme(of: text)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else { throw .userInfo }
        guard let place = HostAndPort(authority, defaultPort: secure ? 443 : 80) else { throw .malformed }
        isSecure = secure
        host = place.host
        port = place.port
        target = Secret(String(rest[authority.endIndex...]))
        guard !target.revealed.contains("#") else { throw .malformed }
        try check(policy)
    }

    /// The host as shown to people, without the secret path.
    package var place: String { HostAndPort.text(host: host, port: port, unless: isSecure ? 443 : 80) }

    var text: String {
        (isSecure ? "https://" : "http://") + HostAndPort.text(host: host, port: port)
            + (target.revealed.hasPrefix("/") ? "" : "/") + target.revealed
    }

    private var namesLoopback: Bool {
        host.lowercased() == "localhost" || PeerAddress(literal: host)?.kind == .loopback
    }

    private static func scheme(of text: String) throws(Mistake) -> (secure: Bool, rest: Substring) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }) else {
            throw .malformed
        }
        for (prefix, secure) in [("https://", true), ("http://", false)]
        where text.lowercased().hasPrefix(prefix) {
            return (secure, text.dropFirst(prefix.count))
        }
        throw .scheme
    }

    private func check(_ policy: DestinationPolicy) throws(Mistake) {
        if let address = PeerAddress(literal: host), !policy.allows(address) { throw .destination }
        if namesLoopback {
            guard policy.allowsLoopback else { throw .destination }
            return
        }
        guard isSecure else { throw .scheme }
        guard policy.ports.contains(port) else { throw .port }
    }
}
