import Crypto
package import TenureCore

/// A key that programs use; only its hash is stored.
package struct AccessKey: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Sends events.
        case write
        /// Reads and writes the API.
        case api
    }

    package var kind: Kind
    /// Name of the source whose events come in under a write key; name of the holder of an API key.
    package var source: String
    package var created: Instant
    package var isRevoked: Bool
    /// nil: never yet.
    package var lastUsed: Instant?

    package init(kind: Kind, source: String, created: Instant, isRevoked: Bool = false, lastUsed: Instant? = nil) {
        self.kind = kind
        self.source = source
        self.created = created
        self.isRevoked = isRevoked
        self.lastUsed = lastUsed
    }

    package static func hash(_ secret: String) -> String { hexadecimal(SHA256.hash(data: Array(secret.utf8))) }

    /// 256 random bits behind a prefix that says what it is: `tnw_…`, `tna_…`.
    package static func makeSecret(_ kind: Kind) -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return (kind == .write ? "tnw_" : "tna_") + hexadecimal(bytes)
    }

    package var text: String {
        var object: JSONObject = [
            "kind": .string(kind.rawValue), "source": .string(source), "created": .string(created.text),
            "revoked": .bool(isRevoked),
        ]
        if let lastUsed { object["last_used"] = .string(lastUsed.text) }
        return JSON.object(object).text
    }

    package init?(text: String) {
        guard case .success(.object(let object)) = JSONReader.read(text),
            let kind = object["kind"]?.string.flatMap(Kind.init), let source = object["source"]?.string
        else { return nil }
        let instant = { (name: String) in object[name]?.string.flatMap { try? Instant.parse(rfc3339: $0).get() } }
        self.init(
            kind: kind, source: source, created: instant("created") ?? Instant(milliseconds: 0),
            isRevoked: object["revoked"]?.bool ?? false, lastUsed: instant("last_used"))
    }
}
