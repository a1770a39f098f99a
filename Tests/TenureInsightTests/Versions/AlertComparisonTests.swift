import CEL
import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

private let start = day("2026-01-01")

private func noon(_ day: Int32) -> Instant { ZoneRules.utc.instant(day: start + day) + 12 * Milliseconds.hour }

/// Raised and cleared on those days; without an end, open to the last.
private func course(_ spans: [(Int32, Int32?)], signal: String = "a", standing: Int32? = nil) -> Course {
    var course = Course()
    if let standing {
        var conclusions = Conclusions()
        decision(.raised(signal: signal), standing).apply(to: &conclusions)
        course.begin(with: conclusions)
    }
    for (first, last) in spans {
        if first >= 0 { course.take(decision(.raised(signal: signal), first), bandIDs: []) }
        if let last { course.take(decision(.cleared(signal: signal), last), bandIDs: []) }
    }
    return course
}

private func decision(_ what: SignalDecision, _ day: Int32) -> Decision {
    Decision(account: "x", at: noon(day), what: .signal(what))
}

private func account(
    _ id: AccountID, arr: Double = 100, notice: Int32? = nil, _ recorded: Course, _ replayed: Course
) -> ComparedAccount {
    ComparedAccount(
        id, name: id.text, arr: arr, zone: .utc, created: nil, notice: notice.map(noon), recorded: recorded, replayed: replayed)
}

private func signal(_ id: String, cooldown: Span? = nil, isRisk: Bool = true) throws -> Signal {
    let condition = try Program.compile("true", vocabulary: Vocabulary()).get()
    var signal = Signal(id: id, title: id, severity: .high, when: Condition(source: "true", program: condition))
    signal.cooldown = cooldown
    signal.isRisk = isRisk
    return signal
}

/// 300 days, of which the last is day 299.
private func compared(_ accounts: [ComparedAccount], cooldown: Span? = nil) throws -> AlertComparison {
    let signals = [try signal("a", cooldown: cooldown), try signal("good", isRisk: false)]
    return AlertComparison(accounts, old: signals, new: signals, window: noon(0)..<noon(299))
}

/// The cost and gain of two versions on an example that was worked out by hand.
@Suite struct AlertComparisonTests {
    private static let example = [
        // Warned 90 days before; then 10 days before.
        account("a", notice: 200, course([(110, 150)]), course([(190, nil)])),
        // Warned 5 days before; then not at all.
        account("b", arr: 300, notice: 250, course([(245, nil)]), course([])),
        // A false alarm; then two.
        account("c", course([(50, 60)]), course([(50, 60), (90, 95)])),
        // Nobody knows yet, 49 days before the end; then none.
        account("d", arr: 900, course([(250, 260)]), course([])),
        // Gone too early to be warned 60 days before.
        account("e", notice: 30, course([]), course([])),
        // Good news is no alert.
        account("f", course([(100, 110)], signal: "good"), course([])),
    ]

    @Test func `what they cost`() throws {
        let alerts = try compared(Self.example)
        #expect(alerts.recorded.opened == 4 && alerts.replayed.opened == 3)
        #expect(alerts.recorded.accountsAlerted == 4 && alerts.replayed.accountsAlerted == 2)
        #expect(alerts.recorded.opened(withoutNotice: alerts.accounts) == 2)
        #expect(alerts.replayed.opened(withoutNotice: alerts.accounts) == 2)
        // b's and d's opened less than 90 days before the end, whatever followed.
        #expect(alerts.recorded.pending == 2 && alerts.replayed.pending == 0)
    }

    @Test func `what they bring`() throws {
        let alerts = try compared(Self.example)
        #expect(alerts.recorded.precision.part == 1 && alerts.recorded.precision.whole == 2)
        #expect(alerts.replayed.precision.part == 1 && alerts.replayed.precision.whole == 3)
        #expect(alerts.recorded.notices == 3 && alerts.recorded.warnedInTime.whole == 2)
        #expect(alerts.recorded.warnedInTime.part == 1 && alerts.replayed.warnedInTime.part == 0)
        #expect(alerts.recorded.warned.part == 2 && alerts.replayed.warned.part == 1)
        #expect(abs(try #require(alerts.precisionChange).change - (1.0 / 3 - 1.0 / 2)) < 1e-12)
        #expect(try #require(alerts.recallChange).change == -0.5)
    }

    @Test func `what became of each, by account: those that gave notice first, then the largest`() throws {
        let alerts = try compared(Self.example)
        #expect(EpisodeClass.allCases.map(alerts.recorded) == [1, 0, 0, 0, 0, 3, 0])
        #expect(EpisodeClass.allCases.map(alerts.replayed) == [1, 0, 0, 0, 0, 0, 2])
        #expect(alerts.lost.map(\.account.account) == ["b", "a", "d"])
        #expect(alerts.gained.map(\.account.account) == ["a", "c"])
        #expect(alerts.gained.last?.alerts.map(\.days) == [start + 90...start + 95])
    }

    @Test func `raised again within the cooldown is the same alert, within 14 days where none is declared`() throws {
        let twice = [account("a", course([(10, 12), (40, 45)]), course([(10, 12), (26, 30), (44, 45)]))]
        #expect(try compared(twice).recorded.opened == 2)
        #expect(try compared(twice).replayed.alerts[0].map(\.days) == [start + 10...start + 45])
        #expect(try compared(twice, cooldown: Span(28, .days)).recorded.opened == 1)
        #expect(try compared(twice, cooldown: Span(27, .days)).recorded.opened == 2)
        #expect(try compared(twice, cooldown: Span(36, .hours)).replayed.opened == 3)
    }

    @Test func `what stood when the window began warns, and is no alert of it`() throws {
        let early = account("a", notice: 65, course([(-1, 40)], standing: -20), course([(-1, 5), (25, 40)], standing: -20))
        let alerts = try compared([early])
        #expect(alerts.recorded.opened == 0 && alerts.recorded.warnedInTime.part == 1)
        // The part that opens anew while the other version's stands is none that was gained.
        #expect(alerts.replayed.opened == 1 && alerts.replayed(.split) == 1 && alerts.replayed(.gained) == 0)
        #expect(alerts.replayed.warnedInTime.part == 1)
    }

    @Test func `the interval is drawn by account, always the same, and not from too few`() throws {
        let many = (0..<60).map { number -> ComparedAccount in
            let id = AccountID("account-\(100 + number)")
            let early = course([(110, 150)]), late = course([(190, nil)])
            // Of 30 lost ones 20 were warned in time; then 10 of them.
            if number < 30 { return account(id, notice: 200, number < 20 ? early : late, number < 10 ? early : late) }
            return account(id, course([]), course([]))
        }
        let recall = try #require(try compared(many).recallChange)
        #expect(abs(recall.change + 1.0 / 3) < 1e-12)
        let range = try #require(recall.range)
        // A third of 30 is lost: by the normal approximation 0.33 ± 1.96 · √(1/3 · 2/3 / 30), which is 0.17.
        #expect(abs(range.lowerBound + 0.50) < 0.04 && abs(range.upperBound + 0.165) < 0.04, "\(range)")
        #expect(try compared(many.reversed()).recallChange == recall)
        let few = try #require(try compared(Self.example).recallChange)
        #expect(few.range == nil)
    }
}
