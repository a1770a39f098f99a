import TenureCore
package import TenureEngine
package import TenureProgramme
import TenureStore

/// What a scenario expected and did not find.
package struct ScenarioFailure: Hashable, Sendable {
    package var scenario: String
    package var expected: String
    package var found: String
}

/// Runs the tests that travel with a programme.
package enum ScenarioCheck {
    package static func failures(_ scenario: Scenario, _ programme: CompiledProgramme) -> [ScenarioFailure] {
        var run = ScenarioRun(scenario, programme)
        var failures: [ScenarioFailure] = []
        func note(_ expected: String, _ found: String?) {
            guard let found else { return }
            failures.append(ScenarioFailure(scenario: scenario.id, expected: expected, found: found))
        }
        do {
            try run.run { day, run in
                for expectation in scenario.expectations + scenario.goldens where expectation.day == day {
                    note(expectation.text, run.mismatch(expectation))
                }
            }
        } catch {
            note("the scenario runs", "it stopped: \(error)")
        }
        for expectation in scenario.expectations where expectation.day == nil {
            note(expectation.text, run.mismatch(expectation))
        }
        for refusal in run.refusals { note("every fact is taken", refusal) }
        return failures
    }
}

extension Expectation {
    /// The day at whose end it must hold; nil: over the whole scenario.
    var day: Int? {
        switch self {
        case .score(let day, _, _), .component(let day, _, _), .metric(let day, _, _, _), .signal(let day, _, _),
            .raised(let day, _), .playStarted(let day, _, _), .playEnded(let day, _, _),
            .step(let day, _, _, _, _, _, _), .message(let day, _, _, _), .raisedAgain(let day, _), .raisedAt(let day, _, _),
            .startedAgain(let day, _), .messageAt(let day, _, _, _), .weight(let day, _, _), .segment(let day, _),
            .running(let day, _), .noScore(let day), .group(let day, _, _), .shownBand(let day, _), .kpi(let day, _, _, _, _):
            day
        case .clock(let clock): clock.day
        case .neverRaised, .neverStarted, .neverSent, .nothing, .responds, .reviewed, .judged: nil
        }
    }

    var text: String {
        switch self {
        case .score(let day, let range, let band):
            "day \(day): score \(range.map { "\($0.lowerBound)..\($0.upperBound)" } ?? "any")\(band.map { ", band \($0)" } ?? "")"
        case .component(let day, let id, let points): "day \(day): component \(id) = \(points.map { "\($0)" } ?? "unknown")"
        case .metric(let day, let reference, let value, _):
            "day \(day): \(reference.text) = \(value.map { "\($0)" } ?? "unknown")"
        case .kpi(let day, let id, let value, _, let judgement):
            "day \(day): KPI \(id) = \(value.map { "\($0)" } ?? "unknown")\(judgement.words)"
        case .judged(let id, let value, let earlier, let judgement):
            "KPI \(id) at \(value)\(earlier.map { " after \($0)" } ?? "")\(judgement.words)"
        case .signal(let day, let id, let open): "day \(day): signal \(id) \(open ? "open" : "closed")"
        case .raised(let day, let id): "day \(day): signal \(id) raised first"
        case .neverRaised(let id): "signal \(id) is never raised"
        case .raisedAgain(let day, let id): "day \(day): signal \(id) raised again"
        case .raisedAt(let day, let id, let minute): "day \(day): signal \(id) raised at \(wallTime(minute))"
        case .responds(let id, let within): "signal \(id) is answered within \(within.text)"
        case .playStarted(let day, let play, let owner): "day \(day): play \(play) starts\(owner.map { ", owner \($0)" } ?? "")"
        case .playEnded(let day, let play, let outcome): "day \(day): play \(play) has ended as \(outcome)"
        case .neverStarted(let play): "play \(play) never starts"
        case .running(let day, let play): "day \(day): play \(play) runs"
        case .startedAgain(let day, let play): "day \(day): play \(play) starts again"
        case .step(let day, let play, let step, let state, let due, _, _):
            "day \(day): step \(play)/\(step) \(state)\(due.map { ", due \($0.text)" } ?? "")"
        case .clock(let clock): clock.words
        case .message(let day, let template, let to, let contains):
            "day \(day): message \(template) to \(to)\(contains.isEmpty ? "" : " with \(contains)")"
        case .neverSent(let template): "message \(template) is never sent"
        case .messageAt(let day, let template, let to, let minute):
            "day \(day): message \(template) to \(to) at \(wallTime(minute))"
        case .weight(let day, let id, let percent): "day \(day): component \(id) weighs \(percent) %"
        case .noScore(let day): "day \(day): no score"
        case .group(let day, let id, let points): "day \(day): group \(id) = \(points.map { "\($0)" } ?? "unknown")"
        case .shownBand(let day, let id): "day \(day): band \(id) is shown"
        case .segment(let day, let id): "day \(day): segment \(id)"
        case .reviewed(let band, let days): "band \(band) is reviewed every \(days) days"
        case .nothing: "no risk signal and no play"
        }
    }
}

// MARK: - Looking

extension ScenarioRun {
    /// What was found instead; nil when the expectation holds.
    func mismatch(_ expectation: Expectation) -> String? {
        switch expectation {
        case .score(let day, let range, let band): scoreMismatch(day, range, band)
        case .component(let day, let id, let points): componentMismatch(day, id, points)
        case .metric(let day, let reference, let value, let tolerance): metricMismatch(day, reference, value, tolerance)
        case .kpi(let day, let id, let value, let tolerance, let judgement): kpiMismatch(day, id, value, tolerance, judgement)
        case .judged(let id, let value, let earlier, let judgement): judgementMismatch(id, value, earlier, judgement)
        case .signal(_, let id, let open): signalMismatch(id, open)
        case .raised(let day, let id): firstDay(of: raisings(id), day)
        case .neverRaised(let id): raisings(id).first.map { "it was raised on day \($0)" }
        case .raisedAgain(let day, let id): again(raisings(id), day)
        case .raisedAt(_, let id, let minute): otherTime(raised(id).first?.at, minute)
        case .responds(let id, let within): responseMismatch(id, within)
        case .playStarted(let day, let play, let owner): startMismatch(day, play, owner)
        case .playEnded(_, let play, let outcome): endMismatch(play, outcome)
        case .neverStarted(let play): starts(play).first.map { "it started on day \($0)" }
        case .running(_, let play): runningMismatch(play)
        case .startedAgain(let day, let play): again(starts(play), day)
        case .step(_, let play, let step, let state, let due, let owner, let tasks):
            stepMismatch(play, step, state, due, owner, tasks)
        case .clock(let clock): clockMismatch(clock)
        case .message(let day, let template, let to, let contains): messageMismatch(day, template, to, contains)
        case .neverSent(let template):
            messages.first { $0.row.template == template }.map { "it was sent on day \($0.day) to \($0.to)" }
        case .messageAt(let day, let template, let to, let minute): messageTimeMismatch(day, template, to, minute)
        case .weight(let day, let id, let percent): weightMismatch(day, id, percent)
        case .noScore(let day): snapshot(endOf: day)?.health?.score.map { "score \($0)" }
        case .group(let day, let id, let points): groupMismatch(day, id, points)
        case .shownBand(let day, let id): shownMismatch(day, id)
        case .segment(let day, let id): segmentMismatch(day, id)
        case .reviewed(let band, let days): reviewMismatch(band, days)
        case .nothing: nothingMismatch
        }
    }

    private func scoreMismatch(_ day: Int, _ range: ClosedRange<Int>?, _ band: String?) -> String? {
        let health = snapshot(endOf: day)?.health
        let bands = programme.programme.health.bands
        let shown = health?.band.flatMap { bands.indices.contains($0) ? bands[$0].id : nil }
        let isWanted = range.map { range in health?.score.map { range.contains($0) } ?? false } ?? true
        if isWanted, band == nil || band == shown { return nil }
        return "score \(health?.score.map { String($0) } ?? "unknown"), band \(shown ?? "none"), coverage \((health?.coverageMicros ?? 0) / 1_000_000) %"
    }

    private func componentMismatch(_ day: Int, _ id: String, _ points: Double?) -> String? {
        guard let index = programme.componentIDs.firstIndex(of: id), let reading = snapshot(endOf: day)?.health?.components[index]
        else { return "there is no component \(id)" }
        let found = reading.pointsNano.map { Double($0) / Double(nano) }
        if points == nil && found == nil { return nil }
        if let points, let found, abs(points - found) < 0.0006 { return nil }
        return found.map { "\($0) (value \(reading.value.map { "\($0)" } ?? "-"))" } ?? "unknown: \(reading.unknown.map { "\($0)" } ?? "")"
    }

    private func metricMismatch(_ day: Int, _ reference: MetricReference, _ value: Double?, _ tolerance: Double) -> String? {
        guard let index = programme.metric(reference), let reading = snapshot(endOf: day)?.readings[index] else {
            return "the metric is not computed"
        }
        if value == nil && reading.value == nil { return nil }
        if let value, let found = reading.value, abs(value - found) <= max(tolerance, 1e-9) { return nil }
        return reading.value.map { "\($0)" } ?? "unknown: \(reading.unknown.map { "\($0)" } ?? "")"
    }

    private func signalMismatch(_ id: String, _ open: Bool) -> String? {
        let isOpen = state?.conclusions.signal(id)?.isOpen ?? false
        return isOpen == open ? nil : (isOpen ? "open" : "closed")
    }

    private func raised(_ id: String) -> [(day: Int, at: Instant)] {
        decisions.compactMap { if case .signal(.raised(id)) = $0.decision.what { ($0.day, $0.decision.at) } else { nil } }
    }

    private func raisings(_ id: String) -> [Int] { raised(id).map(\.day) }

    private func starts(_ id: String) -> [Int] {
        decisions.compactMap { if case .play(.started(id, _, _, _, _)) = $0.decision.what { $0.day } else { nil } }
    }

    private func firstDay(of days: [Int], _ wanted: Int) -> String? {
        guard let first = days.first else { return "never" }
        return first == wanted ? nil : "first on day \(first)"
    }

    private func startMismatch(_ day: Int, _ id: String, _ owner: String?) -> String? {
        if let mismatch = firstDay(of: starts(id), day) { return mismatch }
        guard let owner, let found = programme.playPlan(id)?.play.owner, found != owner else { return nil }
        return "its owner is \(found)"
    }

    private func endMismatch(_ id: String, _ outcome: String) -> String? {
        guard let play = state?.conclusions.plays.last(where: { $0.play == id }) else { return "it never started" }
        guard let ended = play.ended else { return "it still runs" }
        return ended.outcome == outcome ? nil : "it ended as \(ended.outcome)"
    }

    private func stepMismatch(
        _ id: String, _ step: String, _ state: String, _ due: Instant?, _ owner: String?, _ tasks: [String]
    ) -> String? {
        guard let plan = programme.playPlan(id), let index = plan.steps.firstIndex(where: { $0.step.id == step }),
            let play = self.state?.conclusions.plays.last(where: { $0.play == id })
        else { return "the play has not started" }
        let instance = play.steps[index]
        let definition = plan.steps[index].step
        if "\(instance.state)" != state { return "\(instance.state)" }
        if let due, due != instance.due { return "due \(instance.due?.text ?? "never")" }
        if let owner, owner != definition.owner ?? plan.play.owner { return "owner \(definition.owner ?? plan.play.owner)" }
        if !tasks.isEmpty, tasks != definition.tasks { return "tasks \(definition.tasks)" }
        return nil
    }

    private func messageMismatch(_ day: Int, _ template: String, _ to: String, _ contains: [String]) -> String? {
        let sent = messages.filter { $0.row.template == template && $0.to == to }
        guard !sent.isEmpty else { return "no such message; sent were \(messages.map { "\($0.row.template) to \($0.to) on day \($0.day)" })" }
        guard let onDay = sent.first(where: { $0.day == day }) else { return "sent on day \(sent[0].day)" }
        if onDay.row.state == .failed { return "it failed: \(onDay.row.detail)" }
        let text = onDay.row.subject + "\n" + String(decoding: onDay.row.body, as: UTF8.self)
        return contains.first { !text.contains($0) }.map { "“\($0)” is not in: \(text)" }
    }

    private var nothingMismatch: String? {
        for (day, decision) in decisions {
            switch decision.what {
            case .signal(.raised(let id)):
                let isRisk = programme.programme.signals.first { $0.id == id }?.isRisk ?? true
                if isRisk { return "signal \(id) was raised on day \(day)" }
            case .play(.started(let id, _, _, let cause, _)): return "play \(id) started on day \(day), by \(cause)"
            case .signal, .play, .health, .outreach, .merging, .sla: continue
            }
        }
        return nil
    }
}
