import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// How often a signal was right, counted from decisions.
@Suite struct SignalPrecisionTests {
    private let now = instant("2026-06-01T00:00:00Z")

    private func decision(_ account: AccountID, _ daysAgo: Int64, _ what: SignalDecision) -> Decision {
        Decision(account: account, at: now + -daysAgo * Milliseconds.day, what: .signal(what))
    }

    private func signal(_ severity: Signal.Severity = .high) throws -> Signal {
        Signal(id: "low", title: "Low", severity: severity, when: try condition("true"))
    }

    private func marked(_ daysAgo: Int64, _ account: AccountID = "a") -> Decision {
        decision(account, daysAgo, .markedFalse(signal: "low", by: "p", reason: "r", until: nil))
    }

    private func precision(
        _ signal: Signal, _ episodes: SignalEpisodes, days: Int64, notices: [AccountID: [Instant]]
    ) -> SignalPrecision {
        episodes.precisions(of: [signal], days: [days], now: now, notices: notices)[0][0]
    }

    @Test func `an episode runs from its raising to its end, and knows who judged it`() {
        let all = SignalEpisodes([
            decision("a", 9, .cleared(signal: "low")), decision("a", 8, .raised(signal: "low")),
            decision("b", 8, .raised(signal: "low")), decision("a", 7, .confirmed(signal: "low", by: "p", reason: "yes")),
            decision("a", 6, .cleared(signal: "low")), decision("a", 5, .raised(signal: "low")), marked(4),
        ]).all
        #expect(all.map(\.account) == ["a", "b", "a"])
        #expect(all.map(\.judgement) == [.right, nil, .falseAlarm])
        #expect(all.map { $0.ended == nil } == [false, true, false])
        #expect(all[0].reason == "yes" && all[2].judgedBy == "p")
    }

    @Test func `what is taken back was never said, and what was judged after its end counts`() {
        let taken = SignalEpisodes([
            decision("a", 8, .raised(signal: "low")), marked(7), decision("a", 6, .takenBack(signal: "low", by: "p", .falseAlarm)),
        ]).all
        #expect(taken[0].judgement == nil && taken[0].ended == nil)
        let late = SignalEpisodes([
            decision("a", 8, .raised(signal: "low")), decision("a", 7, .cleared(signal: "low")), marked(6),
        ]).all
        #expect(late[0].judgement == .falseAlarm && late[0].ended == now + -7 * Milliseconds.day)
    }

    @Test func `only what ended within the days is counted, and ten judged ones make a share`() throws {
        var decisions: [Decision] = []
        for number in 0..<12 {
            let account = AccountID("a\(number)")
            decisions.append(decision(account, 200, .raised(signal: "low")))
            let judged: SignalDecision =
                number < 9 ? .confirmed(signal: "low", by: "p", reason: "") : .markedFalse(signal: "low", by: "p", reason: "r", until: nil)
            decisions.append(decision(account, 100, judged))
            if number < 9 { decisions.append(decision(account, 100, .cleared(signal: "low"))) }
        }
        decisions.append(decision("b", 20, .raised(signal: "low")))
        decisions.append(decision("b", 10, .cleared(signal: "low")))
        let episodes = SignalEpisodes(decisions)
        let year = precision(try signal(), episodes, days: 365, notices: [:])
        #expect([year.ended, year.right, year.falseAlarms, year.unjudged] == [13, 9, 3, 1])
        #expect(year.judged.value(ofAtLeast: SignalPrecision.countMin) == 0.75)
        #expect(year.judged.low < 0.5 && year.judged.high > 0.9)
        let quarter = precision(try signal(), episodes, days: 90, notices: [:])
        #expect([quarter.ended, quarter.unjudged] == [1, 1])
        #expect(quarter.judged.value(ofAtLeast: SignalPrecision.countMin) == nil)
    }

    @Test func `what ended is listed from the last raised one on, and goes on behind a place`() {
        var decisions: [Decision] = []
        for (account, days) in [("a", 9), ("b", 9), ("a", 7), ("c", 400), ("b", 5)] as [(AccountID, Int64)] {
            decisions.append(decision(account, days, .raised(signal: "low")))
            decisions.append(decision(account, days - 1, .cleared(signal: "low")))
        }
        decisions.append(decision("d", 3, .raised(signal: "low")))
        let episodes = SignalEpisodes(decisions)
        let ended = episodes.ended("low", days: 90, now: now)
        #expect(ended.all.map(\.account) == ["b", "a", "a", "b"])
        #expect(ended.all.map(\.raised) == [5, 7, 9, 9].map { now + -$0 * Milliseconds.day })
        let rest = ended.places.after(episodes.place(raised: now + -9 * Milliseconds.day, of: "a"))
        #expect(rest.map { ended[$0].account } == ["b"])
        #expect(episodes.ended("unheard", days: 90, now: now).isEmpty)
    }

    @Test func `a notice within the horizon makes it right, too soon or too late does not, and nobody judges good news by it`()
        throws
    {
        var notices: [AccountID: [Instant]] = [:]
        var decisions: [Decision] = []
        for (account, days) in [("near", 3), ("hit", 30), ("edge", 90), ("far", 91)] as [(AccountID, Int64)] {
            decisions.append(decision(account, 150, .raised(signal: "low")))
            decisions.append(decision(account, 140, .cleared(signal: "low")))
            notices[account] = [now + -(150 - days) * Milliseconds.day]
        }
        decisions.append(decision("young", 80, .raised(signal: "low")))
        decisions.append(decision("young", 10, .cleared(signal: "low")))
        notices["young"] = [now + -20 * Milliseconds.day]
        let episodes = SignalEpisodes(decisions.sorted { $0.at < $1.at })
        let risk = precision(try signal(), episodes, days: 365, notices: notices)
        #expect(risk.followed?.part == 2 && risk.followed?.whole == 4 && risk.ended == 5)
        #expect(precision(try signal(.opportunity), episodes, days: 365, notices: notices).followed == nil)
    }
}
