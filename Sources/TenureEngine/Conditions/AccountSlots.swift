import CEL
import TenureCore
import TenureProgramme

/// The values of a condition over an account; `play` is the running instance, for conditions of its steps.
struct AccountSlots: SlotSource {
    let condition: BoundCondition
    let snapshot: Snapshot
    let play: PlayInstance?

    func value(at slot: Int) -> Value { value(condition.bindings[slot]) ?? .unknown(slot: slot) }

    private func value(_ binding: Binding) -> Value? {
        switch binding {
        case .metric(let index): metric(index)
        case .account(let name, let kind): account(name, kind)
        case .tenureDays: tenureDays.map { .int(Int64($0)) }
        case .health(let name): health(name)
        case .component(let index): points(snapshot.health?.components[index].pointsNano)
        case .group(let index): points(snapshot.health?.groups[index].pointsNano)
        case .flag(let name): .bool(snapshot.observations.flags[name] ?? false)
        case .grade(let metric): grade(metric)
        case .signal(let index, let field): signal(index, field)
        case .retired(.open): .bool(false)
        case .retired(.days_open): .int(0)
        case .play(let index, let field): played(index, field)
        case .sla(let id, let clock, let field): promised(id, clock, field)
        case .contact(let role, let field): contact(role, field)
        case .daysUntil(let field): day(field).map { .int(Int64($0 - snapshot.today)) }
        case .daysSince(let field): day(field).map { .int(Int64(snapshot.today - $0)) }
        case .step(let id, let field): step(id, field)
        case .now: timestamp(snapshot.zone.instant(day: snapshot.today))
        case .field, .entityField, .entityDaysSince, .nothing: nil
        }
    }

    private func metric(_ index: Int) -> Value? {
        guard let value = snapshot.readings[index].value else { return nil }
        return snapshot.programme.metrics[index].metric.unit == .bool ? .bool(value != 0) : .double(value)
    }

    private func points(_ points: Int64?) -> Value? { points.map { .double(Double($0) / Double(nano)) } }

    private func grade(_ metric: String) -> Value? {
        guard let grade = snapshot.observations.grades[metric], grade.isValid(at: snapshot.now) else { return nil }
        return grade.step.map { .string($0) }
    }
}

// MARK: - The account

extension AccountSlots {
    /// A renewal moves the start of the term: who says since when somebody is a customer keeps counting.
    private var tenureDays: Int32? {
        if let start = day("customer_since") ?? day("term_start"), start <= snapshot.today { return snapshot.today - start }
        return snapshot.created.map { snapshot.today - snapshot.zone.day(at: $0) }
    }

    private func account(_ name: String, _ kind: AccountField.Kind) -> Value {
        if name == "segment", snapshot.observations.profile["segment"] == nil {
            return snapshot.segment.map { .string($0) } ?? .null
        }
        guard let value = snapshot.observations.profile[name] else { return .null }
        switch kind {
        case .text, .choice: return value.string.map { .string($0) } ?? .null
        case .number, .money: return value.number.map { .double($0) } ?? .null
        case .whole: return value.int.map { .int($0) } ?? .null
        case .flag: return value.bool.map { .bool($0) } ?? .null
        case .date: return day(name).map { timestamp(snapshot.zone.instant(day: $0)) } ?? .null
        }
    }

    private func day(_ field: String) -> Day? { snapshot.day(of: field) }

    private func contact(_ role: String, _ field: Binding.ContactField) -> Value? {
        let keys = snapshot.observations.contacts(of: role)
        switch field {
        case .known: return .bool(!keys.isEmpty)
        case .days_since_touch:
            let newest = snapshot.observations.lastTouch(of: role, contacts: keys)
            return newest.map { .int(Int64(snapshot.today - snapshot.zone.day(at: $0))) }
        }
    }
}

extension Snapshot {
    /// The first declared segment whose condition holds.
    package var segment: String? {
        for (index, condition) in programme.segments.enumerated() {
            let slots = SegmentSlots(inner: AccountSlots(condition: condition, snapshot: self, play: nil))
            if condition.condition.program.evaluate(slots).asBool == true { return programme.programme.segments[index].id }
        }
        return nil
    }
}

/// A segment's condition cannot ask for the segment.
private struct SegmentSlots: SlotSource {
    let inner: AccountSlots

    func value(at slot: Int) -> Value {
        if case .account("segment", _) = inner.condition.bindings[slot] { return .null }
        return inner.value(at: slot)
    }
}

extension Observations {
    /// Keys of active contacts with the role, in key order.
    package func contacts(of role: String) -> [String] {
        contactRoles.rows.filter { $0.latest.value == role && departures[$0.name] != true }.map(\.name)
    }

    func lastTouch(of role: String, contacts keys: [String]) -> Instant? {
        let touched = [touches.latest("role:" + role)] + keys.map { touches.latest("contact:" + $0) }
        return touched.compactMap { $0?.version.occurred }.max()
    }
}

// MARK: - Conclusions

extension AccountSlots {
    private func health(_ name: Binding.HealthName) -> Value? {
        let reading = snapshot.health
        switch name {
        case .score: return reading?.score.map { .int(Int64($0)) }
        case .raw_score: return reading?.rawScore.map { .int(Int64($0)) }
        case .band: return snapshot.conclusions.health.displayedBand.flatMap { snapshot.bandID($0) }.map { .string($0) }
        case .coverage: return reading.map { .double(Double($0.coverageMicros) / 1_000_000) }
        case .trend: return snapshot.trend.map { .string($0.rawValue) }
        case .change_7d: return points(snapshot.change(days: 7))
        case .change_28d: return points(snapshot.change(days: 28))
        case .drop_7d_percent: return dropPercent.map { .double($0) }
        case .below_since_days:
            return .int(snapshot.conclusions.health.belowBestSince.map { Int64(snapshot.today - $0) } ?? 0)
        }
    }

    private var dropPercent: Double? {
        guard let change = snapshot.change(days: 7), let now = snapshot.health?.scoreNano, now - change > 0 else {
            return nil
        }
        return -100 * Double(change) / Double(now - change)
    }

    private func signal(_ index: Int, _ field: Binding.SignalField) -> Value? {
        let state = snapshot.conclusions.signal(snapshot.programme.signals[index].signal.id)
        switch field {
        case .open: return .bool(state?.isOpen ?? false)
        case .days_open: return .int(state?.openSince.map { Int64(snapshot.today - snapshot.zone.day(at: $0)) } ?? 0)
        }
    }

    private func played(_ index: Int, _ field: Binding.PlayField) -> Value? {
        let id = snapshot.programme.plays[index].play.id
        let last = snapshot.conclusions.lastRun(of: id)
        switch field {
        case .running: return .bool(last?.isRunning ?? false)
        case .ended: return .bool(snapshot.conclusions.plays.contains { $0.play == id && !$0.isRunning && !$0.isUndone })
        case .days: return last.map { .int(Int64(snapshot.today - snapshot.zone.day(at: $0.started))) }
        }
    }

    private func promised(_ id: String, _ clock: String?, _ field: Binding.SLAField) -> Value? {
        let running = snapshot.conclusions.clocks.running(of: id, clock)
        switch field {
        case .running: return .int(Int64(running.count))
        case .breached: return .int(Int64(running.count(where: \.isBreached)))
        case .next_due: return running.compactMap(\.timer).min().map { timestamp($0) } ?? .null
        }
    }

    private func step(_ id: String, _ field: Binding.StepField) -> Value? {
        guard let play, let plan = snapshot.programme.playPlan(of: play), let index = plan.stepIndex[id],
            play.steps.indices.contains(index)
        else { return nil }
        switch field {
        case .done: return .bool(play.steps[index].state == .done)
        case .skipped: return .bool(play.steps[index].state == .skipped)
        }
    }
}

extension CompiledProgramme {
    package func playPlan(_ id: String) -> PlayPlan? { playIndex[id].map { plays[$0] } }
}
