import TenureCore
import TenureFixtures
import Testing

@testable import TenureInsight

private let start = day("2026-01-01")

private func alert(_ signal: String, _ first: Int32, _ last: Int32) -> SignalAlert {
    SignalAlert(signal: signal, days: start + first...start + last, isStanding: false)
}

/// What became of each alert, by hand.
@Suite struct EpisodeMatchTests {
    typealias Spans = [(Int32, Int32)]

    private func classes(_ old: Spans, _ new: Spans) -> [[EpisodeClass]] {
        let match = EpisodeMatch(old.map { alert("a", $0.0, $0.1) }, new.map { alert("a", $0.0, $0.1) })
        return [match.recorded, match.replayed]
    }

    @Test func `the same day is kept, a fortnight before or after is earlier or later, beyond it is lost and gained`() {
        #expect(classes([(10, 20)], [(10, 90)]) == [[.kept], [.kept]])
        #expect(classes([(20, 30)], [(6, 30)]) == [[.earlier], [.earlier]])
        #expect(classes([(10, 12)], [(24, 30)]) == [[.later], [.later]])
        #expect(classes([(10, 12)], [(25, 30)]) == [[.lost], [.gained]])
        #expect(classes([(20, 30)], [(5, 30)]) == [[.lost], [.gained]])
        #expect(classes([(10, 12)], []) == [[.lost], []])
        #expect(classes([], [(10, 12)]) == [[], [.gained]])
    }

    @Test func `one that comes apart is split, several that grow together are merged`() {
        #expect(classes([(10, 60)], [(10, 20), (40, 50)]) == [[.split], [.split, .split]])
        #expect(classes([(10, 20), (40, 50), (58, 70)], [(10, 60)]) == [[.merged, .merged, .merged], [.merged]])
        #expect(classes([(10, 20), (40, 50), (61, 70)], [(10, 60)]) == [[.merged, .merged, .lost], [.merged]])
        // What opens while one stands that is not there on the other side warns anew.
        #expect(classes([(10, 60)], [(30, 40)]) == [[.lost], [.gained]])
    }

    @Test func `days that agree are the same alert, however near another one is`() {
        #expect(classes([(0, 1), (10, 11)], [(10, 11)]) == [[.lost, .kept], [.kept]])
        #expect(classes([(0, 1), (10, 11)], [(2, 3), (13, 14)]) == [[.later, .later], [.later, .later]])
    }

    @Test func `another signal on the same account warns as well, but an own one comes first`() {
        let other = EpisodeMatch([alert("a", 10, 20)], [alert("b", 12, 20)])
        #expect(other.recorded == [.later] && other.replayed == [.later])
        let own = EpisodeMatch([alert("a", 10, 20), alert("b", 12, 20)], [alert("b", 12, 20)])
        #expect(own.recorded == [.lost, .kept] && own.replayed == [.kept])
        let far = EpisodeMatch([alert("a", 10, 20)], [alert("b", 30, 40)])
        #expect(far.recorded == [.lost] && far.replayed == [.gained])
    }

    @Test(arguments: 0..<200)
    func `the other way round says the same in the mirror`(seed: Int) {
        var numbers = SeededNumbers(seed)
        let (left, right) = (random(&numbers), random(&numbers))
        let (there, back) = (EpisodeMatch(left, right), EpisodeMatch(right, left))
        #expect(back.recorded == there.replayed.map(\.mirrored))
        #expect(back.replayed == there.recorded.map(\.mirrored))
        #expect(!there.recorded.contains(.gained) && !there.replayed.contains(.lost))
        let pairs = { (classes: [EpisodeClass]) in classes.count { [.kept, .earlier, .later].contains($0) } }
        #expect(pairs(there.recorded) == pairs(there.replayed))
    }

    private func random(_ numbers: inout SeededNumbers) -> [SignalAlert] {
        var alerts: [SignalAlert] = []
        for signal in ["a", "b"] {
            var next: Int32 = 0
            for _ in 0..<Int.random(in: 0...5, using: &numbers) {
                let first = next + Int32.random(in: 0...25, using: &numbers)
                let last = first + Int32.random(in: 0...30, using: &numbers)
                alerts.append(alert(signal, first, last))
                next = last + 2
            }
        }
        return alerts.sorted { ($0.days.lowerBound, $0.signal) < ($1.days.lowerBound, $1.signal) }
    }
}

extension EpisodeClass {
    fileprivate var mirrored: EpisodeClass {
        switch self {
        case .kept: .kept
        case .earlier: .later
        case .later: .earlier
        case .split: .merged
        case .merged: .split
        case .lost: .gained
        case .gained: .lost
        }
    }
}
