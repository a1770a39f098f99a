import CCurl

/// An IPv4 (4 bytes) or IPv6 (16 bytes) address.
package struct PeerAddress: Hashable, Sendable {
    package let bytes: [UInt8]

    /// Nil for any other number of bytes: an unknown family is never let through.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// A written address (`192.0.2.1`, `2001:db8::1`); names and zone ids give nil.
    package init?(literal: String) {
        guard literal.utf8.count <= 45 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            unsafe tenure_literal_bytes(literal, buffer.baseAddress)
        }
        self.init(bytes: Array(buffer.prefix(Int(count))))
    }

    /// Dotted, or eight groups of hexadecimal digits.
    package var text: String {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map { place in
            String(UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1]), radix: 16)
        }.joined(separator: ":")
    }

    /// The IPv4 address that an IPv4-mapped, NAT64 or 6to4 address stands for.
    var embedded: PeerAddress? {
        let nat64: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        if isMapped || bytes.starts(with: nat64) { return PeerAddress(bytes: Array(bytes.suffix(4))) }
        if bytes.count == 16, bytes.starts(with: [0x20, 0x02]) {
            return PeerAddress(bytes: Array(bytes[2..<6]))
        }
        return nil
    }

    var isMapped: Bool {
        bytes.count == 16 && bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
    }
}
