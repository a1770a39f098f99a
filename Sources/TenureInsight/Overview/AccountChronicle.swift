package import TenureCore
package import TenureEngine

/// What recorded decisions say of an account's past months: which band people saw, and which signals stood.
package struct AccountChronicle: Sendable {
    package struct BandMove: Hashable, Sendable {
        package let at: Instant
        /// Places among the model's bands, best first; nil: too little was known.
        package let from: Int?
        package let to: Int?
    }

    /// Oldest first.
    package private(set) var bands: [BandMove] = []
    /// In the order in which they were.
    package private(set) var signals: [Course.SignalTurn] = []
    /// Older ones are forgotten: nobody looks at more.
    private static let movesMax = 1_000

    package init() {}

    /// Kinds of decisions that it is made of.
    package static let kinds: Set<String> = ["bandChanged", "signalRaised", "signalCleared"]

    package mutating func take(_ decision: Decision) {
        switch decision.what {
        case .health(.bandChanged(let from, let to)): bands.append(BandMove(at: decision.at, from: from, to: to))
        case .signal(.raised(let id)): signals.append(.init(mark: .init(id: id, at: decision.at), isRaised: true))
        case .signal(.cleared(let id)): signals.append(.init(mark: .init(id: id, at: decision.at), isRaised: false))
        case .health, .signal, .play, .outreach, .merging, .sla: return
        }
        if bands.count > Self.movesMax { bands.removeFirst(bands.count - Self.movesMax) }
        if signals.count > Self.movesMax { signals.removeFirst(signals.count - Self.movesMax) }
    }

    /// The band that people saw just before an instant.
    func band(before instant: Instant) -> BandThen {
        if let last = bands.last(where: { $0.at < instant }) { return .was(last.to) }
        return bands.first.map { .was($0.from) } ?? .asNow
    }

    /// When a band moved or a signal was raised last.
    var newest: Instant? {
        let raised = signals.lazy.filter(\.isRaised).map(\.mark.at).max()
        return [bands.lazy.map(\.at).max(), raised].compactMap(\.self).max()
    }

    package func moves(since: Instant) -> [BandMove] { bands.filter { $0.at >= since } }

    /// Signals that were raised, and when.
    package func raisings(since: Instant) -> [Course.Mark] {
        signals.filter { $0.isRaised && $0.mark.at >= since }.map(\.mark)
    }

    /// Days on which a band or a worse one was shown.
    func days(shownAs band: Int, _ zone: ZoneRules, until end: Day) -> [ClosedRange<Day>] {
        var stretches: [ClosedRange<Day>] = []
        var since: Day?
        for move in bands {
            let (day, isShown) = (zone.day(at: move.at), move.to.map { $0 >= band } ?? false)
            if isShown {
                since = since ?? day
            } else if let first = since {
                stretches.append(first...max(first, day))
                since = nil
            }
        }
        if let since { stretches.append(since...max(since, end)) }
        return stretches
    }
}
