package import TenureCore

/// An alert from its opening to the last day on which it stood, whichever rules kept it open.
package struct AlertEpisode: Hashable, Sendable {
    package enum Fate: String, Hashable, Sendable, CaseIterable {
        /// It stood already when the watch began: it may flag an account, but nobody watched it open.
        case standing
        /// A notice followed within the horizon, and not too soon.
        case hit
        /// The notice followed within days, or had been given already without being known.
        case tooLate = "too_late"
        /// The horizon passed without a notice.
        case falseAlarm = "false_alarm"
        /// The watch ended before the horizon did.
        case pending
    }

    package var days: ClosedRange<Day>
    /// Rules that stood open in it, by the verdict's rules, ascending.
    package var rules: [Int]
    package var fate: Fate

    package var opened: Day { days.lowerBound }

    /// Whether it stood on any of those days; its pauses count as standing.
    func stood(on window: ClosedRange<Day>) -> Bool { days.overlaps(window) }
}

extension WatchedAccount {
    /// The account's alerts when those rules are counted, oldest first; none after its last watched day.
    package func episodes(of rules: [Int], _ terms: VerdictTerms) -> [AlertEpisode] {
        var episodes: [AlertEpisode] = []
        for (rule, stretch) in stretches(of: rules) {
            guard let last = episodes.last,
                stretch.lowerBound - last.days.upperBound <= max(1, terms.coolDown)
            else {
                episodes.append(AlertEpisode(days: stretch, rules: [rule], fate: .pending))
                continue
            }
            let end = max(last.days.upperBound, stretch.upperBound)
            episodes[episodes.count - 1].days = last.opened...end
            episodes[episodes.count - 1].rules.append(rule)
        }
        for index in episodes.indices {
            episodes[index].rules = Array(Set(episodes[index].rules)).sorted()
            episodes[index].fate = fate(of: episodes[index], terms)
        }
        return episodes
    }

    private func stretches(of rules: [Int]) -> [(rule: Int, days: ClosedRange<Day>)] {
        let all = rules.flatMap { rule in
            open[rule].filter { $0.lowerBound <= days.upperBound }
                .map { (rule: rule, days: $0.lowerBound...min($0.upperBound, days.upperBound)) }
        }
        return all.sorted { ($0.days.lowerBound, $0.rule) < ($1.days.lowerBound, $1.rule) }
    }

    private func fate(of episode: AlertEpisode, _ terms: VerdictTerms) -> AlertEpisode.Fate {
        if episode.opened < days.lowerBound { return .standing }
        if let notice {
            let lead = notice - episode.opened
            return lead < terms.tooLate ? .tooLate : lead <= terms.horizon ? .hit : .falseAlarm
        }
        return terms.watch.upperBound - episode.opened >= terms.horizon ? .falseAlarm : .pending
    }
}
