package import TenureCore

/// What became of one account's alerts under another version, found on either side: each of them has one class.
struct EpisodeMatch: Sendable {
    /// By the recorded alerts, in their order.
    private(set) var recorded: [EpisodeClass]
    /// By those of the other version.
    private(set) var replayed: [EpisodeClass]
    private let old: [SignalAlert]
    private let new: [SignalAlert]
    /// The alert of the other side that each is the same as.
    private var newOf: [Int?]
    private var oldOf: [Int?]
    /// How many more alerts each came apart into, and how many more it took in.
    private var partsOfOld: [Int]
    private var partsOfNew: [Int]

    /// Alerts that open so many days apart, or fewer, may be the same one.
    static let toleranceDays: Int32 = 14

    /// - Parameters: alerts of one account, oldest first; those of one signal do not overlap.
    init(_ old: [SignalAlert], _ new: [SignalAlert]) {
        (self.old, self.new) = (old, new)
        recorded = Array(repeating: .lost, count: old.count)
        replayed = Array(repeating: .gained, count: new.count)
        newOf = Array(repeating: nil, count: old.count)
        oldOf = Array(repeating: nil, count: new.count)
        partsOfOld = Array(repeating: 0, count: old.count)
        partsOfNew = Array(repeating: 0, count: new.count)
        let signals = Set((old + new).map { ID<SignalAlert>($0.signal) }).sorted()
        for signal in signals { pairAlike(of: signal) }
        for signal in signals { findParts(of: signal) }
        // The account is warned all the same, by another signal.
        pair(old.indices.filter(isLost), new.indices.filter(isGained), within: 0)
        pair(old.indices.filter(isLost), new.indices.filter(isGained), within: Self.toleranceDays)
        classify()
    }

    private func isLost(_ index: Int) -> Bool { newOf[index] == nil && recorded[index] == .lost }
    private func isGained(_ index: Int) -> Bool { oldOf[index] == nil && replayed[index] == .gained }

    /// Days that agree come first, so that a near one does not take an alert from one that is the same.
    private mutating func pairAlike(of signal: ID<SignalAlert>) {
        for days in [0, Self.toleranceDays] {
            pair(
                old.indices.filter { isLost($0) && ID(old[$0].signal) == signal },
                new.indices.filter { isGained($0) && ID(new[$0].signal) == signal }, within: days)
        }
    }

    /// Both in the order of their opening: as many pairs as there can be.
    private mutating func pair(_ olds: [Int], _ news: [Int], within days: Int32) {
        var (i, j) = (0, 0)
        while i < olds.count, j < news.count {
            let gap = new[news[j]].days.lowerBound - old[olds[i]].days.lowerBound
            if abs(gap) <= days {
                newOf[olds[i]] = news[j]
                oldOf[news[j]] = olds[i]
                i += 1
                j += 1
            } else if gap > 0 {
                i += 1
            } else {
                j += 1
            }
        }
    }

    /// What opens while an alert stands that is there on both sides is a part of that one.
    private mutating func findParts(of signal: ID<SignalAlert>) {
        let olds = old.indices.filter { ID(old[$0].signal) == signal }
        let news = new.indices.filter { ID(new[$0].signal) == signal }
        for (part, whole) in Self.parts(news.filter(isGained), new, in: olds.filter { newOf[$0] != nil }, old) {
            replayed[part] = .split
            partsOfOld[whole] += 1
        }
        for (part, whole) in Self.parts(olds.filter(isLost), old, in: news.filter { oldOf[$0] != nil }, new) {
            recorded[part] = .merged
            partsOfNew[whole] += 1
        }
    }

    private static func parts(
        _ parts: [Int], _ own: [SignalAlert], in wholes: [Int], _ others: [SignalAlert]
    ) -> [(part: Int, whole: Int)] {
        var next = 0
        return parts.compactMap { part in
            let opened = own[part].days.lowerBound
            while next < wholes.count, others[wholes[next]].days.lowerBound <= opened { next += 1 }
            guard next > 0, others[wholes[next - 1]].days.contains(opened) else { return nil }
            return (part, wholes[next - 1])
        }
    }

    private mutating func classify() {
        for (index, partner) in newOf.enumerated() {
            guard let partner else { continue }
            let found = Self.classOf(
                gap: new[partner].days.lowerBound - old[index].days.lowerBound, split: partsOfOld[index],
                merged: partsOfNew[partner])
            recorded[index] = found
            replayed[partner] = found
        }
    }

    private static func classOf(gap: Int32, split: Int, merged: Int) -> EpisodeClass {
        if split != merged { return split > merged ? .split : .merged }
        return gap == 0 ? .kept : gap < 0 ? .earlier : .later
    }
}

/// What an alert of one version is under another.
package enum EpisodeClass: String, Hashable, Sendable, CaseIterable {
    /// It opens on the same day.
    case kept
    case earlier
    case later
    /// One alert is several.
    case split
    /// Several are one.
    case merged
    /// There is none any more.
    case lost
    /// There was none before.
    case gained
}

/// An alert of one signal at one account.
package struct SignalAlert: Hashable, Sendable {
    package let signal: String
    /// From its opening to the last day on which it stood.
    package let days: ClosedRange<Day>
    /// It stood already when the window began: nobody counts it, but others may be parts of it.
    package let isStanding: Bool
}
