import TenureCore
import TenureRuntime

/// What one POST came to.
struct WebhookOutcome: Hashable, Sendable {
    var end: TransferEnd
    /// Of a complete header; nil when none came.
    var status: Int?
    var answer: [UInt8] = []
    var retryAfterSeconds: Int?
    var bodySent: Bool

    /// `secret` is the URL's path; a word of the answer that occurs in it is not repeated.
    func delivery(kind: ChatKind, secret: String) -> DeliveryOutcome {
        guard let status else {
            return bodySent && mayHaveArrived
                ? .unknown(reason: "\(end.rawValue) after the whole message was sent")
                : .deferred(reason: end.rawValue, retryAfterSeconds: nil)
        }
        return answered(status, kind, word(secret: secret).map { "\(status) \($0)" } ?? "\(status)")
    }

    private func answered(_ status: Int, _ kind: ChatKind, _ text: String) -> DeliveryOutcome {
        switch status {
        case 200...299: hiddenFailure(kind) ?? .accepted(detail: text)
        case 300...399: .refused(reason: "answered \(text): redirects are not followed")
        case 408, 425, 429, 500...599:
            .deferred(reason: "answered \(text)", retryAfterSeconds: retryAfterSeconds)
        case 400...499: .refused(reason: "answered \(text)")
        default: .deferred(reason: "answered \(text)", retryAfterSeconds: nil)
        }
    }

    /// Teams' older webhooks answer 200 with a sentence when they could not deliver.
    private func hiddenFailure(_ kind: ChatKind) -> DeliveryOutcome? {
        switch kind {
        case .slack: nil
        case .teams:
            answer.starts(with: "Webhook message delivery failed".utf8)
                ? .deferred(
                    reason: "answered 200, but delivery failed behind it",
                    retryAfterSeconds: retryAfterSeconds)
                : nil
        }
    }

    private var mayHaveArrived: Bool {
        switch end {
        case .timedOut, .broken, .stepRefused, .strangeReply, .stopped, .failed: true
        case .finished, .unresolved, .unreachable, .untrusted, .noTLS, .loginDenied: false
        }
    }

    /// An answer of one plain word, such as Slack's `channel_not_found`. Longer ones may quote the address.
    private func word(secret: String) -> String? {
        guard (1...40).contains(answer.count),
            answer.allSatisfy({ HeaderText.isAlphanumeric($0) || $0 == 0x5F })
        else {
            return nil
        }
        let word = String(decoding: answer, as: UTF8.self)
        return secret.contains(word) ? nil : word
    }
}
