import TenureCore
import TenureProgramme

extension Turn {
    /// A step that became ready does what it says by itself.
    mutating func act(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance, attempt: Int32) {
        for (number, action) in plan.steps[index].step.actions.enumerated() {
            switch action {
            case .mail(let template, let recipients):
                for recipient in recipients {
                    queue(template, to: recipient, action: "do\(number)", index, plan, play, attempt: attempt)
                }
            case .chat(let template, let recipient):
                queue(template, to: recipient, action: "do\(number)", index, plan, play, attempt: attempt)
            }
        }
    }

    /// The key names the cause: the same step, attempt and action never send twice, whatever is replayed.
    mutating func queue(
        _ template: String, to recipient: Recipient, action: String, _ index: Int, _ plan: PlayPlan, _ play: PlayInstance,
        attempt: Int32
    ) {
        let step = plan.steps[index].step
        let key = "\(state.id)/\(play.number)/\(step.id)/\(attempt)/\(action)/\(recipient.text)"
        let current = state.conclusions.plays.first { $0.number == play.number } ?? play
        decide(
            .outreach(
                .messageQueued(
                    MessageIntent(
                        key: key, template: template, programmeVersion: plan.version, recipient: recipient, play: play.number,
                        values: values(index, plan, current)))))
    }

    /// All that a template may mention (`MessageTemplate.names`), as it is at this moment.
    private func values(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) -> JSONObject {
        let profile = observations.profile
        let step = plan.steps[index].step
        let owner = step.owner ?? plan.play.owner
        var values: JSONObject = [
            "account.name": profile["name"] ?? profile["id"] ?? .string(state.id.text),
            "account.id": profile["id"] ?? .string(state.id.text), "account.tier": profile["tier"] ?? "",
            "account.arr": profile["arr"] ?? "", "play.title": .string(plan.play.title),
            "play.owner": person(plan.play.owner), "step.title": .string(step.title), "step.owner": person(owner),
            "step.tasks": .array(step.tasks.map { .string($0) }), "step.due": dueText(index, plan, play),
            "today": .string(snapshot.today.text), "vendor.name": .string(programme.programme.title),
        ]
        addHealth(to: &values)
        addSignal(play.cause, to: &values)
        return values
    }

    private func person(_ role: String) -> JSON {
        observations.profile[role] ?? .string(programme.programme.roles.first { $0.id == role }?.title ?? role)
    }

    private func dueText(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) -> JSON {
        guard play.steps.indices.contains(index), let due = play.steps[index].due else { return "" }
        return .string(frame(plan).calendarZone.text(at: due))
    }

    private func addHealth(to values: inout JSONObject) {
        let reading = snapshot.health
        values["health.score"] = reading?.score.map { .int(Int64($0)) } ?? "unknown"
        let shown = state.conclusions.health.displayedBand
        let bands = programme.programme.health.bands
        values["health.band"] = .string(shown.flatMap { bands.indices.contains($0) ? bands[$0].title : nil } ?? "unknown")
        let previous = state.conclusions.health.daily(on: snapshot.today + -7)?.scoreNano
        values["health.previous"] = previous.map { .int(Int64(roundedHalfUp($0))) } ?? "unknown"
        values["health.reasons"] = .array(reasons(reading))
    }

    /// The three components that cost the most points, each in one line.
    private func reasons(_ reading: HealthReading?) -> [JSON] {
        guard let reading else { return [] }
        let lost = reading.components.enumerated().compactMap { index, component -> (Int, Int64, Int64)? in
            guard let points = component.pointsNano, component.weightNano > 0 else { return nil }
            let full = Int64(truncatingIfNeeded: Int128(component.weightNano) * 100)
            return (index, full - component.contributionNano, points)
        }
        let worst = lost.filter { $0.1 > 0 }.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }.prefix(3)
        return worst.map { index, loss, points in
            let title = programme.components[index].component.title
            return .string(
                "\(title): \(roundedHalfUp(points)) of 100 points, costs \(roundedHalfUp(loss)) points of the score")
        }
    }

    private func addSignal(_ cause: String, to values: inout JSONObject) {
        let id = cause.hasPrefix("signal:") ? String(cause.dropFirst(7)) : ""
        let signal = programme.signalIndex[id].map { programme.signals[$0].signal }
        values["signal.title"] = .string(signal?.title ?? "")
        values["signal.description"] = .string(signal?.description ?? "")
        values["signal.impact"] = .string(signal?.impact ?? "")
        values["signal.mitigation"] = .string(signal?.mitigation ?? "")
        values["signal.actions"] = .array((signal?.actions ?? []).map { .string($0) })
    }
}
