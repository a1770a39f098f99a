/// `host`, `host:port`, `[address]:port`.
struct HostAndPort: Hashable, Sendable {
    var host: String
    var port: Int

    init?(_ text: Substring, defaultPort: Int) {
        guard let (host, rest) = Self.split(text) else { return nil }
        guard let port = Self.port(rest, defaultPort) else { return nil }
        self.host = String(host)
        self.port = port
    }

    /// With brackets around an IPv6 address; the port is left out when it is `usual`.
    static func text(host: String, port: Int, unless usual: Int? = nil) -> String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return port == usual ? shown : "\(shown):\(port)"
    }

    private static func split(_ text: Substring) -> (host: Substring, rest: Substring)? {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let host = text[text.index(after: text.startIndex)..<end]
            guard PeerAddress(literal: String(host))?.bytes.count == 16 else { return nil }
            return (host, text[text.index(after: end)...])
        }
        let host = text.prefix { $0 != ":" }
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(isHostByte) else { return nil }
        return (host, text[host.endIndex...])
    }

    private static func port(_ rest: Substring, _ defaultPort: Int) -> Int? {
        if rest.isEmpty { return defaultPort }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = Int(digits),
            (1...65_535).contains(port)
        else { return nil }
        return port
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        HeaderText.isAlphanumeric(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
    }
}
