import TenureCore
import TenureProgramme

extension Turn {
    /// Clocks are read off the facts, and what differs from what was concluded is decided.
    mutating func concludeSLAs() {
        // By what is shared, which lends its parts: nearly always there is nothing to do.
        guard !programme.slas.isEmpty || !state.sharedConclusions.value.clocks.isEmpty else { return }
        let isDue = state.sharedConclusions.value.clocks.isDue(at: now)
        guard isDue || !memo.areSLAsCurrent(programme.dependencies) else { return }
        let count = decisions.count
        dropGone()
        for plan in programme.slas { conclude(plan) }
        memo.keepSLAs()
        if decisions.count > count { measureAgain() }
    }

    /// In imported history a clock may be due before the next fact or midnight, and nobody concludes in between.
    mutating func keepClocks() {
        guard let clock = state.clock else { return }
        now = clock
        refresh()
        concludeSLAs()
    }

    /// Metrics and conditions of health may read what was just concluded.
    private mutating func measureAgain() {
        snapshot.sharedHealth = nil
        measure()
        readHealth()
    }

    private mutating func conclude(_ plan: SLAPlan) {
        let reader = ClockReader(plan, snapshot)
        let rows = observations.entities.rows(of: plan.kind.id)
        for place in rows.indices where !rows[place].trail.changes.isEmpty {
            for clock in plan.clocks { conclude(clock, of: rows[place], reader) }
        }
    }

    private mutating func conclude(_ clock: ClockPlan, of entity: Entity, _ reader: ClockReader) {
        let id = ClockID(sla: reader.plan.sla.id, clock: clock.clock.id, key: entity.key)
        let known = state.conclusions.clocks[id]
        if let known, known.isSettled(entity.trail, reopens: clock.clock.reopens) { return }
        guard let reading = reader.reading(clock, of: entity) else {
            if let known { decide(.sla(.dropped(known))) }
            return
        }
        let next = ClockState(id, reading, known, at: now, entity.trail)
        if let known, known.ended == next.ended, known.evidence == next.evidence, !known.isRunning { return }
        if known == nil, next.isForgotten(at: now) || state.conclusions.clocks.isFull { return }
        for step in SLADecision.steps(from: known, to: next) { decide(.sla(step)) }
    }

    /// Of a clock whose entity is not there any more the facts were taken back; only what ended long ago may have been
    /// forgotten with its entity.
    private mutating func dropGone() {
        let (clocks, entities) = (state.conclusions.clocks, observations.entities)
        for clock in clocks.running where !isThere(clock.id, entities) { decide(.sla(.dropped(clock))) }
        let forgotten = now + (2 * Milliseconds.day - ClockTable.endedMax)
        for clock in clocks.ended where !isThere(clock.id, entities) {
            if let ended = clock.ended, ended > forgotten || !isDefined(clock.id) { decide(.sla(.dropped(clock))) }
        }
    }

    private func isDefined(_ id: ClockID) -> Bool { programme.slaPlan(id.sla)?.clock(id.clock) != nil }

    private func isThere(_ id: ClockID, _ entities: EntityTable) -> Bool {
        guard let plan = programme.slaPlan(id.sla), isDefined(id) else { return false }
        return entities.place(plan.kind.id, id.key).found
    }

    /// An account that becomes part of another one promises nothing itself.
    mutating func dropClocks() {
        for clock in state.conclusions.clocks.running { decide(.sla(.dropped(clock))) }
    }
}

extension ClockState {
    init(_ id: ClockID, _ reading: ClockReading, _ known: ClockState?, at now: Instant, _ trail: Trail) {
        self.init(id: id, started: reading.started)
        (target, due, pausedSince, ended) = (reading.target, reading.due, reading.pausedSince, reading.ended)
        breachedAt = reading.overdueSince == nil ? nil : known?.breachedAt ?? now
        if let ended { evidence = trail.evidence(through: ended) }
    }

    /// Whether it ended and nothing that was told since can change that. A new version of the programme, or another
    /// contract, does not judge again what is over.
    fileprivate func isSettled(_ trail: Trail, reopens: Bool) -> Bool {
        guard let ended, evidence == trail.evidence(through: ended) else { return false }
        return !reopens || trail.changes.last.map { $0.version.occurred <= ended } ?? true
    }
}

extension CompiledProgramme {
    /// Whether clocks look at what events of the type change.
    func watchesEntities(of type: String) -> Bool {
        !slas.isEmpty && event(type)?.entity?.isWatched == true
    }

    package func slaPlan(_ id: String) -> SLAPlan? { slas.first { isSame($0.sla.id, id) } }
}
