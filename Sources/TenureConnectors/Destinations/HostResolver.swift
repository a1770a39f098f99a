import CCurl
import Glibc

/// How a name becomes addresses. Blocks; nil is a resolver's failure, which is never taken for permission.
package struct HostResolver: Sendable {
    package var addresses: @Sendable (_ host: String) -> [PeerAddress]?

    package init(addresses: @escaping @Sendable (_ host: String) -> [PeerAddress]?) {
        self.addresses = addresses
    }

    /// The system's resolver.
    package static let system = HostResolver { host in
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else { return nil }
        defer { unsafe freeaddrinfo(list) }
        return unsafe read(list)
    }

    /// Nil as soon as one entry is of an unknown family.
    private static func read(_ list: UnsafeMutablePointer<addrinfo>?) -> [PeerAddress]? {
        var addresses: [PeerAddress] = []
        var entry = unsafe list
        while let current = unsafe entry {
            var buffer = [UInt8](repeating: 0, count: 16)
            let count = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                unsafe tenure_address_bytes(
                    current.pointee.ai_addr, current.pointee.ai_addrlen, buffer.baseAddress)
            }
            guard let address = PeerAddress(bytes: Array(buffer.prefix(Int(count)))) else { return nil }
            if !addresses.contains(address) { addresses.append(address) }
            unsafe entry = current.pointee.ai_next
        }
        return addresses
    }
}
