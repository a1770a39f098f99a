import TenureCore

extension Verdict {
    /// Why no alert flagged the account in time: what its score did, what was open, and what nobody knew of it.
    package func sentence(_ lost: LostAccount) -> String {
        [firstAlert(lost), score(lost), uncounted(lost), unknown(lost)].compactMap { $0 }.joined(separator: " ")
    }

    /// When it was first flagged, if ever.
    package func firstAlert(_ lost: LostAccount) -> String {
        if let episode = lost.flaggedBy {
            let days = Int(lost.notice - episode.opened)
            let names = episode.rules.map { rules[$0].title }.joined(separator: ", ")
            return
                "First alert \(days > 0 ? "\(days) days before the notice" : "on the day of the notice or later"): \(names)."
        }
        let own = zip(accounts, tally.episodes).first { isSame($0.0.id, lost.account.id) }?.1 ?? []
        guard let last = own.last(where: { $0.days.upperBound < lost.notice }) else { return "No alert." }
        let days = Int(lost.notice - last.days.upperBound)
        return
            "No alert in the \(terms.horizon) days before; the last one ended \(days) days before the notice."
    }

    private func score(_ lost: LostAccount) -> String {
        let course = lost.account.course
        let days = (1...terms.horizon).map { lost.notice + -(terms.horizon + 1 - $0) }
        let known = days.compactMap { course.score(on: $0) }
        guard let first = known.first, let last = known.last, let lowest = known.min() else {
            let coverage = days.compactMap { course.coverage(on: $0) }.last ?? 0
            return "It had no score: \(coverage) % of the model's weight was known."
        }
        let low = lowest < min(first, last) ? ", lowest \(lowest)" : ""
        return "Its score went from \(first) to \(last) in the \(terms.horizon) days before\(low)."
    }

    private func uncounted(_ lost: LostAccount) -> String? {
        let window = lost.notice + -terms.horizon...lost.notice + -1
        let open = rules.indices.filter { index in
            !rules[index].isCounted && lost.account.open[index].contains { $0.overlaps(window) }
        }
        return open.isEmpty
            ? nil : "Open, but not counted: " + open.map { rules[$0].title }.joined(separator: ", ") + "."
    }

    /// Parts of the score that were unknown on half of those days or more.
    private func unknown(_ lost: LostAccount) -> String? {
        let window = lost.notice + -terms.horizon...lost.notice + -1
        let titles = lost.account.course.unknown.filter { part in
            let days = part.days.filter { $0.overlaps(window) }.reduce(0) {
                $0 + $1.clamped(to: window).count
            }
            return 2 * days >= window.count
        }
        return titles.isEmpty ? nil : "Unknown then: " + titles.map(\.title).joined(separator: ", ") + "."
    }
}
