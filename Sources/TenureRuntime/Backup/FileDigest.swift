import Crypto

/// SHA-256 over bytes that come part by part.
package struct FileDigest {
    private var hash = SHA256()

    package init() {}

    package mutating func take(_ bytes: some Sequence<UInt8>) { hash.update(data: Array(bytes)) }

    /// In hexadecimal.
    package var text: String { hexadecimal(hash.finalize()) }
}

extension FileDigest {
    package mutating func take(_ text: String) { take(text.utf8) }

    package mutating func take(_ number: UInt64) {
        take((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }
}
