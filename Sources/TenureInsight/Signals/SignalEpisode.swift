package import TenureCore

/// A signal at an account from its raising to its end, and what people said of it.
package struct SignalEpisode: Hashable, Sendable {
    package enum Judgement: String, Hashable, Sendable, CaseIterable {
        case right
        case falseAlarm = "false_alarm"
    }

    package let account: AccountID
    package let signal: String
    package let raised: Instant
    /// nil: it is open.
    package let ended: Instant?
    /// nil: nobody has said.
    package let judgement: Judgement?
    package let judgedBy: String
    package let reason: String
}
