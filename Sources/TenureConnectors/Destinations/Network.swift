/// A block of addresses: `10.20.0.0/16`, `fd12:3456::/32`.
package struct Network: Hashable, Sendable {
    package let base: PeerAddress
    /// How many leading bits count.
    package let bits: Int

    /// Nil when the text is no address with a prefix length that fits it.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let base = PeerAddress(literal: String(parts[0])), let bits = Int(parts[1]),
            bits >= 0, bits <= base.bytes.count * 8
        else { return nil }
        self.base = base
        self.bits = bits
    }

    package func contains(_ address: PeerAddress) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        let whole = bits / 8
        guard address.bytes.prefix(whole) == base.bytes.prefix(whole) else { return false }
        guard bits % 8 != 0 else { return true }
        return (address.bytes[whole] ^ base.bytes[whole]) >> UInt8(8 - bits % 8) == 0
    }
}
