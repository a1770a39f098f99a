import CCurl

/// How a transfer ended, in our words; the text of libcurl's errors may quote addresses and is not used.
enum TransferEnd: String, Hashable, Sendable {
    case finished = "finished"
    case unresolved = "the host's name could not be resolved"
    case unreachable = "no connection could be made"
    case untrusted = "the TLS connection could not be made or its certificate was not trusted"
    case noTLS = "the server offers no TLS"
    case loginDenied = "the server refused our user name or password"
    case timedOut = "the peer took too long"
    case stepRefused = "the connection broke while sending"
    case strangeReply = "the server's greeting or answer was not understood"
    case broken = "the connection broke"
    /// Our own callback stopped the transfer.
    case stopped = "the answer was too long"
    case failed = "the transfer failed"

    init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_OK: .finished
            case CURLE_COULDNT_RESOLVE_HOST: .unresolved
            case CURLE_COULDNT_CONNECT: .unreachable
            case CURLE_USE_SSL_FAILED: .noTLS
            case CURLE_LOGIN_DENIED: .loginDenied
            case CURLE_OPERATION_TIMEDOUT: .timedOut
            case CURLE_SEND_ERROR: .stepRefused
            case CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED: .strangeReply
            case CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE: .broken
            case CURLE_WRITE_ERROR: .stopped
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                CURLE_SSL_CIPHER,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
                .untrusted
            default: .failed
            }
    }
}
