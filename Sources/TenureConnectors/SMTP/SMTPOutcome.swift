import TenureRuntime

/// What one attempt to hand a mail over came to.
struct SMTPOutcome: Hashable, Sendable {
    var end: TransferEnd
    /// The server's last line: `550 5.1.1 no such user`.
    var lastLine: String
    /// Its last line after the whole body; nil while it owes us one.
    var verdict: String?
    /// Whether the whole body was handed to the connection.
    var bodyEnded: Bool

    var delivery: DeliveryOutcome {
        if end == .finished { return .accepted(detail: verdict ?? lastLine) }
        if bodyEnded {
            guard let verdict else {
                return .unknown(reason: "\(end.brokenText) after the whole message was sent")
            }
            return answered(verdict)
        }
        return end == .stepRefused
            ? answered(lastLine) : .deferred(reason: end.rawValue, retryAfterSeconds: nil)
    }

    /// A 5xx to MAIL, RCPT or DATA is about this message and final, unless it asks us to log in or to use
    /// TLS: those are about our settings, which a person can mend.
    private func answered(_ line: String) -> DeliveryOutcome {
        switch status(line) {
        case 530, 534, 535, 538:
            .deferred(reason: "the server wants a login or TLS: \(line)", retryAfterSeconds: nil)
        case 500...599: .refused(reason: line)
        case 400...499: .deferred(reason: line, retryAfterSeconds: nil)
        default: .deferred(reason: end.rawValue, retryAfterSeconds: nil)
        }
    }

    private func status(_ line: String) -> Int { Int(line.prefix(3)) ?? 0 }
}

extension TransferEnd {
    fileprivate var brokenText: String {
        self == .timedOut ? "the server gave no answer in time" : "the connection broke"
    }
}
