import Crypto

/// What a shown mail may do: nothing but look as it says, each of its own styles named by its hash.
enum MailPolicy {
    /// As many as fit into a header; mails have a dozen.
    private static let stylesMax = 64

    static func text(of html: String) -> String {
        let hashes = Set(styles(html)).sorted().prefix(stylesMax).map { "'sha256-\(hash($0))'" }
        let looks = hashes.isEmpty ? "" : "; style-src 'unsafe-hashes' " + hashes.joined(separator: " ")
        return "sandbox; default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" + looks
    }

    /// What stands in quotes in a mail's words is escaped, so that no word of a customer passes for a style.
    private static func styles(_ html: String) -> [String] {
        html.split(separator: " style=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    /// Padded, as policies want it.
    private static func hash(_ style: String) -> String {
        Base64.encode(Array(SHA256.hash(data: Array(style.utf8)))) + "="
    }
}
