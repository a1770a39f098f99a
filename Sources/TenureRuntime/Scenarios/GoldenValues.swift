import TenureCore
package import TenureEngine
package import TenureProgramme

extension ScenarioCheck {
    /// What stands now where each of the test's golden values stands, as it would be written; nil where the test stops
    /// before.
    package static func goldenValues(_ scenario: Scenario, _ programme: CompiledProgramme) -> [String?] {
        var run = ScenarioRun(scenario, programme)
        var values: [String?] = Array(repeating: nil, count: scenario.goldens.count)
        // A run that stops is a failed test; what it reached is still worth writing.
        try? run.run { day, run in
            for (index, golden) in scenario.goldens.enumerated() where golden.day == day { values[index] = run.goldenValue(golden, day) }
        }
        return values
    }
}

extension ScenarioRun {
    func goldenValue(_ expectation: Expectation, _ day: Int) -> String? {
        let snapshot = snapshot(endOf: day)
        switch expectation {
        case .score, .noScore: return snapshot?.health?.score.map { "\($0)" } ?? "null"
        case .component(_, let id, _):
            return programme.componentIDs.firstIndex(of: id).map { points(snapshot?.health?.components[$0].pointsNano) }
        case .group(_, let id, _):
            return programme.programme.health.groups.firstIndex { $0.id == id }.map { points(snapshot?.health?.groups[$0].pointsNano) }
        case .metric(_, let reference, _, _):
            return programme.metric(reference).map { decimal(snapshot?.readings[$0].value) }
        case .step(_, let play, let step, _, _, _, _): return due(play, step).map { "\"\($0.text)\"" }
        case .kpi, .judged, .weight, .signal, .raised, .neverRaised, .raisedAgain, .raisedAt, .responds, .playStarted, .playEnded, .neverStarted,
            .startedAgain, .running, .clock, .message, .messageAt, .neverSent, .segment, .shownBand, .reviewed, .nothing:
            return nil
        }
    }

    private func due(_ play: String, _ step: String) -> Instant? {
        guard let index = programme.playPlan(play)?.steps.firstIndex(where: { $0.step.id == step }) else { return nil }
        return state?.conclusions.plays.last { $0.play == play }?.steps[index].due
    }

    private func points(_ nanos: Int64?) -> String { decimal(nanos.map { Double($0) / Double(nano) }) }

    /// To a thousandth, which is as exact as an expectation is.
    private func decimal(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        let rounded = (value * 1000).rounded() / 1000
        return Int64(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}
