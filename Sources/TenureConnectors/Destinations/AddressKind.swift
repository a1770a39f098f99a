/// What an address is for; only `worldwide` is open to outgoing requests unless the operator says more.
package enum AddressKind: String, Hashable, Sendable {
    case worldwide
    case loopback
    /// Private, link-local, shared (CGNAT) or unique-local networks.
    case inside
    /// Unspecified, multicast, documentation, benchmarking, and whatever nobody assigned.
    case reserved
    /// A cloud's machine-metadata service: never allowed, as it hands out keys.
    case metadata
}

extension PeerAddress {
    package var kind: AddressKind {
        if Self.metadata.contains(where: { $0.contains(self) }) { return .metadata }
        if let embedded {
            // An address in disguise is judged by what it hides; even a harmless one has no business being
            // mapped.
            return isMapped && embedded.kind == .worldwide ? .reserved : embedded.kind
        }
        for (kind, networks) in Self.special where networks.contains(where: { $0.contains(self) }) {
            return kind
        }
        let isAssigned = bytes.count == 4 || bytes[0] & 0xE0 == 0x20
        return isAssigned ? .worldwide : .reserved
    }

    private static let metadata = networks(
        "169.254.169.254/32", "169.254.170.2/32", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32",
        "fd00:ec2::254/128", "fd20:ce::254/128")

    private static let special: [(AddressKind, [Network])] = [
        (.loopback, networks("127.0.0.0/8", "::1/128")),
        (
            .inside,
            networks(
                "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10",
                "fc00::/7",
                "fe80::/10", "fec0::/10", "64:ff9b:1::/48")
        ),
        (
            .reserved,
            networks(
                "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
                "198.51.100.0/24",
                "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20")
        ),
    ]

    private static func networks(_ texts: String...) -> [Network] { texts.compactMap(Network.init) }
}
