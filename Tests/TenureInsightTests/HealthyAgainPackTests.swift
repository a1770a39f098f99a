import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// "Healthy again if" over simulated accounts of every programme: the engine is given what was promised.
@Suite struct HealthyAgainPackTests {
    @Test func `what is promised holds in a thousand accounts, and less than promised does not`() throws {
        var tally = PromiseTally()
        for name in Packs.names {
            let programme = try Packs.compiled(name)
            for seed in 0..<40 { try check(RandomHistory(programme, seed: seed, days: 60), &tally) }
        }
        #expect(tally.accounts >= 1_000 && tally.broken == 0, "\(tally)")
        // Under a cap, or where most is unknown, nothing helps alone; in these wild lives that is often so.
        #expect(tally.answered * 4 >= tally.accounts, "\(tally)")
        #expect(tally.promises >= 1_000 && tally.planted >= 400, "\(tally)")
        #expect(tally.caught == tally.planted, "\(tally)")
    }

    private func check(_ history: RandomHistory, _ tally: inout PromiseTally) throws {
        let past = AccountPast(history.facts, Ledger(history.programme).snapshot(at: history.end))
        for back in stride(from: 0, to: 50, by: 10) {
            let account = WhatIfAccount(past, at: Moment(history.end + -Int64(back) * Milliseconds.day))
            guard let promise = HealthyAgain.nearest(account.snapshot), !promise.isReached else { continue }
            tally.accounts += 1
            tally.answered += promise.ways.isEmpty ? 0 : 1
            for line in promise.ways { check(line, promise.target, account, &tally) }
        }
    }

    private func check(
        _ line: HealthyAgain.Line, _ target: Int, _ account: WhatIfAccount, _ tally: inout PromiseTally
    ) {
        guard case .points(let points, let value, let score) = line.way else { return }
        tally.promises += 1
        let exact = account.score(line.id, points: points)
        let read = line.readable.map { account.isTrue($0, line.id, isJudged: value == nil) && $0.score >= target }
        let given = value.map { account.score(line.id, value: $0) == score } ?? true
        tally.broken += exact == score && score >= target && given && read ?? true ? 0 : 1
        // Planted: where points are given as they are asked for, a little fewer must not do.
        guard account.isSmooth(line.id), points > 1_000 else { return }
        tally.planted += 1
        tally.caught += (account.score(line.id, points: points - 1_000) ?? -1) < target ? 1 : 0
    }
}

private struct PromiseTally {
    var accounts = 0
    var answered = 0
    var promises = 0
    var broken = 0
    var planted = 0
    var caught = 0
}

/// One account, and the score that the engine gives when one component has other points.
private struct WhatIfAccount {
    private let past: AccountPast
    private let moment: Moment
    let snapshot: Snapshot

    init(_ past: AccountPast, at moment: Moment) {
        self.past = past
        self.moment = moment
        snapshot = past.snapshot(of: past.known(at: moment), at: moment)
    }

    func score(_ component: String, points: Int64) -> Int? {
        let grade = Fact(
            occurred: moment.instant, recorded: moment.instant, source: "~", id: "~what-if", account: "acc_1",
            type: FactType.gradeGiven,
            data: ["component": .string(component), "points": .double(Double(points) / Double(nano))])
        return past.reading(of: past.known(at: moment) + [grade], at: moment)?.score
    }

    /// What people read is true as it stands there.
    func isTrue(_ readable: HealthyAgain.Readable, _ component: String, isJudged: Bool) -> Bool {
        let points = Int64((readable.value * Double(nano)).rounded())
        let score =
            isJudged ? score(component, points: points) : score(component, value: readable.value)
        return score == readable.score
    }

    func score(_ component: String, value: Double) -> Int? {
        guard let curve = self.component(component)?.curve else { return nil }
        return score(component, points: Int64((min(100, max(0, curve.points(of: value))) * Double(nano)).rounded()))
    }

    /// Any points can be reached: no steps, no whole numbers.
    func isSmooth(_ component: String) -> Bool {
        guard let component = self.component(component),
            let metric = past.programme.measured(by: component)
        else { return false }
        switch component.curve {
        case .steps: return false
        case .identity, .linear: return metric.unit == .percent || metric.unit == .ratio
        }
    }

    private func component(_ id: String) -> HealthComponent? {
        past.programme.programme.health.groups.flatMap { group in
            group.components.map { (group.id + "." + $0.id, $0) }
        }.first { $0.0 == id }?.1
    }
}
