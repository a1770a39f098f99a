package import TenureCore
package import TenureEngine
package import TenureProgramme

/// Episodes of many accounts, made of their decisions: plain values in a row for each signal, since there may be very many,
/// and what people said of a few of them beside them.
package struct SignalEpisodes: Sendable {
    struct Entry: Sendable {
        /// Its number among the accounts.
        let account: Int
        let raised: Instant
        var ended: Instant?
        var judgement: SignalEpisode.Judgement?
    }

    private struct Words: Sendable {
        let by: String
        let reason: String
    }

    private struct Key: Hashable {
        let signal: Int32
        /// Of an account, or of an entry of the signal.
        let number: Int
    }

    private var signals = NameNumbers()
    private var accounts: [AccountID] = []
    private var accountNumbers: [AccountID: Int] = [:]
    /// By signal, in the order in which they were recorded.
    private var entries: [[Entry]] = []
    /// By account: where the newest one is among those of its signal.
    private var newest: [Key: Int] = [:]
    /// By entry.
    private var words: [Key: Words] = [:]

    package init() {}

    /// - Parameter decisions: of signals, oldest first. An end whose raising is not among them belongs to no episode.
    package init(_ decisions: some Sequence<Decision>) {
        for decision in decisions { take(decision) }
    }
}

// MARK: - Taking decisions

extension SignalEpisodes {
    /// Decisions of other things change nothing.
    package mutating func take(_ decision: Decision) {
        guard case .signal(let what) = decision.what else { return }
        let signal = signals.number(adding: what.signal)
        if signal == entries.count { entries.append([]) }
        let key = Key(signal: signal, number: number(of: decision.account))
        if case .raised = what {
            newest[key] = entries[Int(signal)].count
            entries[Int(signal)].append(Entry(account: key.number, raised: decision.at))
        } else if let place = newest[key] {
            take(what, decision.at, of: Key(signal: signal, number: place))
        }
    }

    private mutating func number(of account: AccountID) -> Int {
        if let known = accountNumbers[account] { return known }
        accountNumbers[account] = accounts.count
        accounts.append(account)
        return accounts.count - 1
    }

    private mutating func take(_ decision: SignalDecision, _ at: Instant, of entry: Key) {
        let known = entries[Int(entry.signal)][entry.number].ended
        switch decision {
        case .cleared: end(known ?? at, entry)
        case .markedFalse(_, let by, let reason, _):
            end(known ?? at, entry)
            judge(.falseAlarm, Words(by: by, reason: reason), entry)
        case .confirmed(_, let by, let reason): judge(.right, Words(by: by, reason: reason), entry)
        case .takenBack(_, _, .falseAlarm):
            end(nil, entry)
            judge(nil, nil, entry)
        case .takenBack(_, _, .confirmation): judge(nil, nil, entry)
        case .takenBack(_, _, .acknowledgement), .takenBack(_, _, .snooze), .holding, .held, .raised, .withheld,
            .acknowledged, .snoozed:
            break
        }
    }

    private mutating func end(_ at: Instant?, _ entry: Key) { entries[Int(entry.signal)][entry.number].ended = at }

    private mutating func judge(_ judgement: SignalEpisode.Judgement?, _ words: Words?, _ entry: Key) {
        entries[Int(entry.signal)][entry.number].judgement = judgement
        self.words[entry] = words
    }
}

// MARK: - Looking

extension SignalEpisodes {
    /// In the order in which they were raised.
    package var all: [SignalEpisode] {
        signals.names.flatMap { episodes(of: $0) { _ in true } }
            .sorted { ($0.raised, $0.account) < ($1.raised, $1.account) }
    }

    /// Of one signal at one account.
    package func of(_ signal: String, at account: AccountID) -> [SignalEpisode] {
        guard let number = accountNumbers[account] else { return [] }
        return episodes(of: signal) { $0.account == number }
    }

    /// Those of a signal that ended in the last days, the one that was raised last first. To be looked at here: who takes
    /// them away makes the next decision copy all episodes.
    package func ended(_ signal: String, days: Int64, now: Instant) -> Ranked<SignalEpisode> {
        let number = signals.number(of: signal) ?? -1
        let (window, all) = (SignalPrecision.window(days, now), number < 0 ? [] : entries[Int(number)])
        var places: [Placed] = []
        for place in all.indices {
            guard let ended = all[place].ended, window.contains(ended) else { continue }
            places.append(self.place(raised: all[place].raised, account: all[place].account, slot: place))
        }
        return Ranked(places) { episode($0.slot, of: number) }
    }

    /// Where an episode stands among those of its signal.
    package func place(raised: Instant, of account: AccountID) -> Placed {
        place(raised: raised, account: accountNumbers[account] ?? -1, slot: -1)
    }

    private func place(raised: Instant, account: Int, slot: Int) -> Placed {
        Placed(number: 0 &- raised.milliseconds, id: Int64(account), slot: slot)
    }

    /// Of each signal, by the windows' days: how often it was right.
    ///
    /// - Parameter notices: when accounts said that they leave, ascending; those that never did are not in it.
    package func precisions(
        of signals: [Signal], days: [Int64], now: Instant, notices: [AccountID: [Instant]]
    ) -> [[SignalPrecision]] {
        var numbered = Array(repeating: [Instant](), count: accounts.count)
        for (account, given) in notices { if let number = accountNumbers[account] { numbered[number] = given } }
        return signals.map { signal in
            let known = self.signals.number(of: signal.id).map { entries[Int($0)] } ?? []
            return days.map { SignalPrecision(signal, known, days: $0, now: now, notices: numbered) }
        }
    }

    private func episodes(of signal: String, where isWanted: (Entry) -> Bool) -> [SignalEpisode] {
        guard let number = signals.number(of: signal) else { return [] }
        let all = entries[Int(number)]
        return all.indices.filter { isWanted(all[$0]) }.map { episode($0, of: number) }
    }

    private func episode(_ place: Int, of signal: Int32) -> SignalEpisode {
        let (entry, said) = (entries[Int(signal)][place], words[Key(signal: signal, number: place)])
        return SignalEpisode(
            account: accounts[entry.account], signal: signals.names[Int(signal)], raised: entry.raised, ended: entry.ended,
            judgement: entry.judgement, judgedBy: said?.by ?? "", reason: said?.reason ?? "")
    }
}
