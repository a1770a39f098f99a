import CCurl
import Glibc

/// Stands before every socket of a transfer: the address that is connected to is the address that is checked.
final class PeerGate {
    private let policy: DestinationPolicy
    private(set) var hasRefused = false

    init(policy: DestinationPolicy) { self.policy = policy }

    static let open: tenure_curl_open = { context, _, peer in
        guard let context = unsafe context, let peer = unsafe peer else { return CURL_SOCKET_BAD }
        let gate = unsafe Unmanaged<PeerGate>.fromOpaque(context).takeUnretainedValue()
        guard unsafe gate.admits(peer) else { return CURL_SOCKET_BAD }
        let kind = unsafe peer.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return unsafe socket(peer.pointee.family, kind, peer.pointee.protocol)
    }

    private func admits(_ peer: UnsafePointer<curl_sockaddr>) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            unsafe tenure_curl_peer_bytes(peer, buffer.baseAddress)
        }
        guard let address = PeerAddress(bytes: Array(buffer.prefix(Int(count)))), policy.allows(address)
        else {
            hasRefused = true
            return false
        }
        return true
    }
}
