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

    /// By signal, in the order in which they were recorded.
    private var episodes: [ID<SignalEpisodes>: [SignalEpisode]] = [:]
    /// Where the newest one is among those of its signal.
    private var newest: [Key: Int] = [:]

    package init() {}

    /// - Parameter decisions: of signals, oldest first. An end whose raising is not among them belongs to no episode.
    package init(_ decisions: some Sequence<Decision>) {
        for decision in decisions { take(decision) }
    }

    /// Of one signal, of all accounts.
    package func of(_ signal: String) -> [SignalEpisode] { episodes[ID(signal)] ?? [] }

    /// In the order in which they were raised.
    package var all: [SignalEpisode] {
        episodes.values.joined().sorted { ($0.raised, $0.account) < ($1.raised, $1.account) }
    }

    /// Decisions of other things change nothing.
    package mutating func take(_ decision: Decision) {
        guard case .signal(let signal) = decision.what else { return }
        let key = Key(account: decision.account, signal: ID(signal.signal))
        if case .raised(let name) = signal {
            let known = episodes[key.signal] ?? []
            newest[key] = known.count
            // One text for all episodes of a signal.
            let episode = SignalEpisode(account: decision.account, signal: known.first?.signal ?? name, raised: decision.at)
            episodes[key.signal, default: []].append(episode)
        } else if let place = newest[key] {
            episodes[key.signal]?[place].take(signal, decision.at)
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
