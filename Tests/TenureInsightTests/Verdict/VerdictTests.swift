import TenureCore
import TenureFixtures
import TenureInsight
import Testing

private let start = day("2026-01-01")
private let terms = VerdictTerms(watch: start...start + 299)

/// Days of 2026, counted from 0.
private func days(_ first: Int32, _ last: Int32) -> ClosedRange<Day> { start + first...start + last }

private func account(
    _ id: String, notice: Int32? = nil, from: Int32 = 0, open: [[ClosedRange<Day>]]
) -> WatchedAccount {
    WatchedAccount(
        id: id, name: id, owner: nil, arr: 100, days: start + from...start + (notice.map { $0 - 1 } ?? 299),
        notice: notice.map { start + $0 }, reason: "", open: open,
        course: ScoreCourse(
            firstDay: start, scores: (0..<300).map { $0 < 100 ? 80 : 60 },
            coverages: Array(repeating: 70, count: 300),
            unknown: [("NPS", [days(0, 299)]), ("Seats", [days(0, 10)])]))
}

private let rules = [
    AlertRule(id: "a", title: "Rule A", isCounted: true),
    AlertRule(id: "b", title: "Rule B", isCounted: true),
    AlertRule(id: "c", title: "Rule C", isCounted: false),
]

@Suite struct VerdictTests {
    @Test func `an alert that opens again within the cool-down is the same alert, whichever rule opened it`()
    {
        let one = account("one", open: [[days(100, 110), days(124, 130)], [days(105, 112)], []])
        let episodes = one.episodes(of: [0, 1], terms)
        #expect(episodes.map(\.days) == [days(100, 130)])
        #expect(episodes.first?.rules == [0, 1])
        let other = account("two", open: [[days(100, 110), days(125, 130)], [], []])
        #expect(other.episodes(of: [0], terms).map(\.days) == [days(100, 110), days(125, 130)])
    }

    @Test(arguments: [
        (193 as Int32, AlertEpisode.Fate.hit), (194, .tooLate), (110, .hit), (109, .falseAlarm),
        (199, .tooLate),
    ])
    func `the days from its opening to the notice decide what an alert was`(
        opened: Int32, fate: AlertEpisode.Fate
    ) {
        let lost = account("lost", notice: 200, open: [[days(opened, opened)], [], []])
        #expect(lost.episodes(of: [0], terms).map(\.fate) == [fate])
    }

    @Test(arguments: [(209 as Int32, AlertEpisode.Fate.falseAlarm), (210, .pending)])
    func `without a notice an alert is false only after its horizon`(opened: Int32, fate: AlertEpisode.Fate) {
        let kept = account("kept", open: [[days(opened, opened + 3)], [], []])
        #expect(kept.episodes(of: [0], terms).map(\.fate) == [fate])
    }

    @Test func `an alert that stood before the watch flags, but is no work of the watch`() {
        let lost = account("lost", notice: 100, from: 20, open: [[days(10, 60)], [], []])
        let verdict = Verdict([lost], rules: rules, VerdictTerms(watch: start + 20...start + 299))
        #expect(verdict.tally.losses(.inTime) == 1)
        #expect(verdict.load.alerts == 0)
        #expect(verdict.tally.precision.whole == 0)
    }

    @Test(arguments: [
        (days(100, 140), LostAccount.Outcome.inTime), (days(140, 140), .inTime), (days(141, 150), .late),
        (days(193, 199), .late), (days(194, 199), .tooLate), (days(50, 109), .missed),
        (days(50, 110), .inTime),
    ])
    func `a lost account is flagged in time when an alert stood 90 to 60 days before its notice`(
        open: ClosedRange<Day>, outcome: LostAccount.Outcome
    ) {
        let lost = account("lost", notice: 200, open: [[open], [], []])
        #expect(AlertTally([lost], rules: [0], terms).lost.map(\.outcome) == [outcome])
    }

    @Test func `who was watched for less than the lead is not judged`() {
        let late = account("late", notice: 200, from: 141, open: [[days(150, 199)], [], []])
        #expect(AlertTally([late], rules: [0], terms).lost.map(\.outcome) == [.notJudged])
        #expect(AlertTally([late], rules: [0], terms).flagged.whole == 0)
    }

    @Test func `a random pick of the same work flags as often as alerts stand anywhere`() {
        let lost = account("lost", notice: 200, open: [[days(120, 199)], [], []])
        let others = (0..<3).map { account("kept\($0)", open: [$0 == 0 ? [days(130, 135)] : [], [], []]) }
        let verdict = Verdict([lost] + others, rules: rules, terms)
        #expect(verdict.random.flagged == 0.5)
        #expect(verdict.flaggedLift == 2)
        // 84 of the lost one's 200 days, and of the others' the first 210 each.
        #expect(verdict.random.precision == 84.0 / Double(200 + 3 * 210))
    }

    @Test func `a rule left out shows what only it found, and one put in what it would add`() throws {
        let accounts = [
            account("both", notice: 200, open: [[days(120, 199)], [days(121, 199)], []]),
            account("only", notice: 210, open: [[], [days(130, 209)], []]),
            account("none", notice: 220, open: [[], [], [days(140, 150)]]),
        ]
        let shares = Verdict(accounts, rules: rules, terms).shares
        #expect(shares.map(\.alone.flagged) == [1, 2, 1])
        #expect(shares.map(\.changed.flagged) == [2, 1, 3])
        #expect(shares.map(\.changed.alerts) == [2, 1, 3])
    }

    @Test func `the missed are told of by their score, the uncounted rules and what was unknown`() throws {
        let missed = account("missed", notice: 150, open: [[], [], [days(100, 101)]])
        let verdict = Verdict([missed], rules: rules, terms)
        let lost = try #require(verdict.unflagged.first)
        #expect(
            verdict.sentence(lost)
                == "No alert. Its score went from 80 to 60 in the 90 days before. Open, but not counted: Rule C. Unknown then: NPS."
        )
    }

    @Test func `a last alert that ended before is told with its days`() throws {
        let missed = account("missed", notice: 200, open: [[days(50, 60)], [], []])
        let verdict = Verdict([missed], rules: rules, terms)
        let lost = try #require(verdict.unflagged.first)
        #expect(
            verdict.sentence(lost).hasPrefix(
                "No alert in the 90 days before; the last one ended 140 days before the notice."))
    }

    @Test func `alerts that know too well who leaves are said to be suspicious`() {
        let lost = (0..<5).map { account("lost\($0)", notice: 200, open: [[days(120, 199)], [], []]) }
        let kept = (0..<5).map { account("kept\($0)", open: [[], [], []]) }
        #expect(Verdict(lost + kept, rules: rules, terms).isTooGood)
        let alarmed = account("alarmed", open: [[days(20, 21)], [], []])
        #expect(!Verdict(lost + kept + [alarmed], rules: rules, terms).isTooGood)
    }
}

@Suite struct EstimateTests {
    /// Published for 6 of 20 and 60 of 200: 15 to 52 percent and 24 to 37 percent.
    @Test(arguments: [
        (6, 20, 0.1455, 0.5190), (60, 200, 0.2407, 0.3668), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1),
    ])
    func `Wilson's interval is the textbook's`(part: Int, whole: Int, low: Double, high: Double) {
        let estimate = Estimate.wilson(part, of: whole)
        #expect(abs(estimate.low - low) < 0.0001)
        #expect(abs(estimate.high - high) < 0.0001)
    }

    @Test func `of nothing nothing is known`() {
        #expect(Estimate.wilson(0, of: 0).value == nil)
        #expect(Estimate.wilson(0, of: 0).high == 1)
    }

    @Test func `alerts that stand and fall with their account widen the interval of the precision`() {
        // Twenty accounts with ten alerts each, all right or all wrong: as uncertain as twenty, not as two hundred.
        let accounts = (0..<20).map { number in
            let own = (0..<10).map { days(15 * $0, 15 * $0) }
            return number < 6
                ? account("lost\(number)", notice: 145, open: [Array(own.suffix(4)), [], []])
                : account("kept\(number)", open: [own, [], []])
        }
        let tally = AlertTally(accounts, rules: [0], VerdictTerms(watch: terms.watch, coolDown: 1))
        let precision = tally.precision
        #expect(precision.part == 24)
        #expect(precision.whole == 24 + 140)
        let independent = Estimate.wilson(precision.part, of: precision.whole)
        #expect(precision.high - precision.low > 1.5 * (independent.high - independent.low))
        #expect(
            precision
                == AlertTally(accounts, rules: [0], VerdictTerms(watch: terms.watch, coolDown: 1)).precision)
    }
}
