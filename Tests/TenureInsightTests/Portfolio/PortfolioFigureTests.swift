import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine
@testable import TenureInsight

@Suite struct WaitingCurveTests {
    private func parts(_ reached: [Double], waiting: [Double]) -> [PortfolioPart] {
        reached.map { PortfolioPart(part: $0, whole: 1) } + waiting.map { PortfolioPart(part: $0, whole: 1, isReached: false) }
    }

    @Test func `who still waits is counted for as long as it has waited`() {
        // 4 of 5 wait after 3 days, 3 of 4 of those after 5, 2 of 3 of those after 8: 0.8, 0.6, 0.4.
        let curve = WaitingCurve(parts([3, 5, 8], waiting: [2, 9, 20]))
        #expect(curve.days(leaving: 0.7) == 5)
        #expect(curve.days(leaving: 0.5) == 8)
        #expect(curve.days(leaving: 0.25) == nil)
    }

    /// Weeks of remission of 21 patients (Freireich and others, 1963): the median that textbooks give is 23.
    @Test func `a known sample has its known median`() {
        let curve = WaitingCurve(
            parts([6, 6, 6, 7, 10, 13, 16, 22, 23], waiting: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]))
        #expect(curve.days(leaving: 0.5) == 23)
        #expect(curve.days(leaving: 0.75) == 13)
    }

    @Test func `without anybody who has got there, there is no median`() {
        #expect(WaitingCurve(parts([], waiting: [4, 9])).days(leaving: 0.5) == nil)
        #expect(WaitingCurve([]).days(leaving: 0.5) == nil)
    }
}

@Suite struct PlayTallyTests {
    private let now = instant("2026-06-30T12:00:00Z")

    private func play(started: String, ended: String? = nil, _ steps: [StepInstance] = []) -> PlayInstance {
        var play = PlayInstance(
            number: 1, play: "p", programmeVersion: 1, started: instant(started), cause: "condition", steps: steps)
        play.ended = ended.map { .init(at: now, outcome: $0) }
        return play
    }

    private func step(_ state: StepInstance.State, due: String? = nil, settled: String? = nil) -> StepInstance {
        var step = StepInstance(tasks: [])
        (step.state, step.due, step.settledAt) = (state, due.map { instant($0) }, settled.map { instant($0) })
        return step
    }

    @Test func `what runs is counted, and of what began in a year what was completed`() {
        let plays = [
            play(started: "2026-06-01T00:00:00Z"), play(started: "2026-05-01T00:00:00Z", ended: "completed"),
            play(started: "2026-04-01T00:00:00Z", ended: "recovered"),
            play(started: "2025-06-29T11:59:59Z", ended: "completed"),
        ]
        #expect(PlayTally(plays, now: now).part(.running) == PortfolioPart(part: 1, whole: 0))
        #expect(PlayTally(plays, now: now).part(.completed) == PortfolioPart(part: 1, whole: 3))
        #expect(PlayTally([], now: now).part(.running) == nil)
        #expect(PlayTally([], now: now).part(.completed) == nil)
    }

    @Test func `steps are in time to the instant, and what is overdue counts against them`() {
        let steps = [
            step(.done, due: "2026-06-10T12:00:00Z", settled: "2026-06-10T12:00:00Z"),
            step(.done, due: "2026-06-10T12:00:00Z", settled: "2026-06-10T12:00:01Z"),
            step(.ready, due: "2026-06-30T11:59:59Z"), step(.ready, due: "2026-06-30T12:00:00Z"),
            step(.done, settled: "2026-06-10T12:00:00Z"), step(.skipped, due: "2026-06-01T00:00:00Z"),
            step(.pending, due: "2026-06-01T00:00:00Z"),
            step(.done, due: "2026-04-01T11:59:59Z", settled: "2026-04-01T11:59:59Z"),
        ]
        let running = PlayTally([play(started: "2026-03-01T00:00:00Z", steps)], now: now)
        #expect(running.part(.stepsInTime) == PortfolioPart(part: 1, whole: 3))
        // What an ended play left undone is nobody's debt.
        let ended = PlayTally([play(started: "2026-03-01T00:00:00Z", ended: "recovered", steps)], now: now)
        #expect(ended.part(.stepsInTime) == PortfolioPart(part: 1, whole: 2))
    }
}

@Suite struct ChurnWarningTests {
    private func stood(_ decisions: [(at: String, what: SignalDecision)]) throws -> Bool {
        var programme = Programme(id: "p", title: "P")
        programme.signals = [
            Signal(id: "risk", title: "Risk", severity: .high, when: try condition("account.arr > 1.0")),
            Signal(id: "chance", title: "Chance", severity: .opportunity, when: try condition("account.arr > 1.0")),
        ]
        return ChurnWarning.stood(
            decisions.map { Decision(account: "a", at: instant($0.at), what: .signal($0.what)) },
            before: instant("2026-06-30T12:00:00Z"), programme)
    }

    @Test(arguments: [
        ("2026-06-30T12:00:00Z", true), ("2026-06-30T12:00:01Z", false), ("2026-04-01T12:00:00Z", true),
    ])
    func `an alert counts that was raised up to the notice`(at: String, counts: Bool) throws {
        #expect(try stood([(at, .raised(signal: "risk"))]) == counts)
    }

    @Test func `one that was over before the 90 days does not count, one that was still open does`() throws {
        let raised = ("2026-01-01T00:00:00Z", SignalDecision.raised(signal: "risk"))
        #expect(try stood([raised]))
        #expect(try stood([raised, ("2026-04-01T12:00:00Z", .cleared(signal: "risk"))]))
        #expect(try !stood([raised, ("2026-04-01T11:59:59Z", .cleared(signal: "risk"))]))
    }

    @Test func `an opportunity warns of nothing, nor does what was withheld`() throws {
        #expect(try !stood([("2026-06-01T00:00:00Z", .raised(signal: "chance"))]))
        #expect(try !stood([("2026-06-01T00:00:00Z", .withheld(signal: "risk"))]))
        #expect(try !stood([]))
    }
}
