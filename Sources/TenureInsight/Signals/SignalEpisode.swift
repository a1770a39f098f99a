package import TenureCore
package import TenureEngine

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
    package internal(set) var ended: Instant?
    /// nil: nobody has said.
    package internal(set) var judgement: Judgement?
    package internal(set) var judgedBy = ""
    package internal(set) var reason = ""
}

/// Episodes of many accounts, made of their decisions.
package struct SignalEpisodes: Sendable {
    private struct Key: Hashable {
        let account: AccountID
        let signal: ID<SignalEpisodes>
    }

    /// In the order in which they were raised.
    package private(set) var all: [SignalEpisode] = []
    private var newest: [Key: Int] = [:]

    /// - Parameter decisions: of signals, oldest first. An end whose raising is not among them belongs to no episode.
    package init(_ decisions: some Sequence<Decision>) {
        for decision in decisions {
            guard case .signal(let signal) = decision.what else { continue }
            take(signal, decision.account, decision.at)
        }
    }

    private mutating func take(_ decision: SignalDecision, _ account: AccountID, _ at: Instant) {
        let key = Key(account: account, signal: ID(decision.signal))
        if case .raised(let signal) = decision {
            newest[key] = all.count
            all.append(SignalEpisode(account: account, signal: signal, raised: at))
        } else if let place = newest[key] {
            all[place].take(decision, at)
        }
    }
}

extension SignalEpisode {
    fileprivate mutating func take(_ decision: SignalDecision, _ at: Instant) {
        switch decision {
        case .cleared: ended = ended ?? at
        case .markedFalse(_, let by, let reason, _):
            ended = ended ?? at
            judge(.falseAlarm, by, reason)
        case .confirmed(_, let by, let reason): judge(.right, by, reason)
        case .takenBack(_, _, .falseAlarm):
            ended = nil
            judge(nil, "", "")
        case .takenBack(_, _, .confirmation): judge(nil, "", "")
        case .takenBack(_, _, .acknowledgement), .takenBack(_, _, .snooze), .holding, .held, .raised, .withheld,
            .acknowledged, .snoozed:
            break
        }
    }

    private mutating func judge(_ judgement: Judgement?, _ by: String, _ reason: String) {
        self.judgement = judgement
        judgedBy = by
        self.reason = reason
    }
}
