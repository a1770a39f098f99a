/// Where outgoing requests may go. The default: https on the usual ports, to addresses of the open Internet.
package struct DestinationPolicy: Hashable, Sendable {
    package var ports: Set<Int>
    /// Lets http and any port through to this machine itself: for tests and local receivers.
    package var allowsLoopback: Bool
    /// Inside networks that the operator opened.
    package var networks: [Network]

    package init(ports: Set<Int> = [443, 8443], allowsLoopback: Bool = false, networks: [Network] = []) {
        self.ports = ports
        self.allowsLoopback = allowsLoopback
        self.networks = networks
    }

    /// Whether a connection to the address may be made.
    package func allows(_ address: PeerAddress) -> Bool {
        switch address.kind {
        case .worldwide: true
        case .loopback: allowsLoopback
        case .inside:
            networks.contains { $0.contains(address) || (address.embedded.map($0.contains) ?? false) }
        case .reserved, .metadata: false
        }
    }

    /// One forbidden address among those of a name forbids the name.
    package func allows(all addresses: [PeerAddress]) -> Bool {
        !addresses.isEmpty && addresses.allSatisfy(allows)
    }
}
