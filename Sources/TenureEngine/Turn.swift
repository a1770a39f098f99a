import TenureCore
import TenureProgramme

/// One account's turn while it runs.
struct Turn {
    let context: TurnContext
    var state: AccountState
    /// The state's observations while they change; set back when the turn ends.
    private(set) var observed: Shared<Observations>
    var now: Instant
    var decisions: [Decision] = []
    var refusals: [Refusal] = []
    /// Behind the import fence effects are withheld, not caused.
    var isFenced = false
    /// What conditions read, at the moment of the last conclusion.
    var snapshot: Snapshot
    private let blank: Moment
    /// What is known from the account's earlier turns.
    var memo: Memo
    /// Steps that a person just acted on are looked at by the plays stage like all others: nothing else is kept here.
    /// The account's zone as of the last fact that could change it.
    private(set) var zone: ZoneRules

    /// - Parameter memo: what is known already, of which nothing stays behind.
    init(state: consuming AccountState, memo: inout Memo, now: Instant, _ context: TurnContext) {
        self.context = context
        self.memo = memo.taken()
        let readings = self.memo.begin(state, context.programme)
        observed = state.takenObservations()
        self.state = state
        zone = self.memo.zone(of: observed, context.programme)
        self.now = now
        blank = Moment(state, Observations.sharedNone, [], zone: zone, now: now, context)
        snapshot = Snapshot(blank, conclusions: Conclusions.sharedNone, readings: readings)
    }

    var programme: CompiledProgramme { context.programme }
    var observations: Observations { observed.value }
    private var workspace: WorkspaceState { context.workspace }

    mutating func decide(_ what: Conclusion) {
        guard context.concludes else { return }
        let decision = Decision(account: state.id, at: now, what: what)
        snapshot.releaseConclusions()
        state.sharedConclusions.change { decision.apply(to: &$0) }
        snapshot.sharedConclusions = state.sharedConclusions
        memo.mark(what.aspects, programme.dependencies)
        decisions.append(decision)
    }

    mutating func run(_ facts: [Fact], until end: Instant, history: [Fact]?) {
        if isPart { return runPart(facts, until: end, history: history) }
        let live = runFenced(facts)
        guard workspace.isLive || !live.isEmpty else { return }
        begin(at: end)
        crossFence(to: end)
        isFenced = workspace.isFenced(at: end)
        let hasConcluded = advance(to: end)
        now = max(end, state.clock ?? end)
        takeBack(live, history)
        // By the span, which lends each fact instead of copying it.
        let lent = live.span
        for place in lent.indices { take(lent[place], knownAt: lent[place].recorded) }
        // Where only time has passed, everything that was due has been concluded on the way.
        if !isPart, !live.isEmpty || !hasConcluded { conclude() }
        state.clock = now
    }

    /// Runs what is behind the fence; gives back what is before it.
    private mutating func runFenced(_ facts: [Fact]) -> [Fact] {
        guard facts.indices.contains(where: { facts[$0].flags.contains(.fenced) }) else { return facts }
        runHistory(facts.filter { $0.flags.contains(.fenced) })
        return facts.filter { !$0.flags.contains(.fenced) }
    }

    /// What the account is from here on, what is known of it, and what came of the turn; nothing of it stays behind.
    mutating func end() -> (state: AccountState, memo: Memo, result: TurnResult) {
        let due = state.clock.flatMap { nextDue(after: $0) }
        var whole = state.taken()
        swap(&whole.sharedObservations, &observed)
        memo.end(whole, snapshot.readings)
        return (whole, memo.taken(), TurnResult(decisions: decisions, refusals: refusals, due: due))
    }

    private mutating func begin(at instant: Instant) {
        if state.clock == nil { state.clock = instant }
        if state.created == nil { state.created = instant }
    }

    /// Facts behind the fence: the account's own clock runs through them, so that past days get their scores.
    private mutating func runHistory(_ facts: [Fact]) {
        isFenced = true
        let ordered = facts.enumerated().sorted { ($0.element.occurred, $0.offset) < ($1.element.occurred, $1.offset) }
        for (_, fact) in ordered {
            if FactType.isTelemetry(fact.type) { live(until: fact.occurred) }
            take(fact, knownAt: state.clock ?? fact.occurred)
            if programme.watchesEntities(of: fact.type) { keepClocks() }
        }
        // What records say (an account, its people) has no day of its own: the clock starts with the first event.
        if let clock = state.clock {
            now = clock
            conclude()
        }
        isFenced = false
    }

    private mutating func live(until occurred: Instant) {
        begin(at: occurred)
        if let clock = state.clock, occurred > clock { advance(to: occurred) }
    }

    /// An account whose clock still stands in imported history lives through the days up to the fence without effects:
    /// what held there is withheld, and not sent later either.
    private mutating func crossFence(to end: Instant) {
        guard let live = workspace.liveSince, let clock = state.clock, clock < live, live <= end else { return }
        isFenced = true
        advance(to: live)
        now = live
        conclude()
        isFenced = false
    }

    /// Time passes: whatever was due on the way fires in order, each at its own instant. Whether anything was.
    @discardableResult
    mutating func advance(to end: Instant) -> Bool {
        guard context.concludes else {
            let reached = max(end, state.clock ?? end)
            pass(to: zone.day(at: reached))
            state.clock = reached
            return false
        }
        var hasConcluded = false
        while let clock = state.clock, let due = nextDue(after: clock), due <= end {
            now = due
            state.clock = due
            memo.due = nil
            refresh()
            if isMidnight(due) { closeDay() }
            runStages()
            hasConcluded = true
        }
        if let clock = state.clock, end > clock { state.clock = end }
        return hasConcluded
    }

    private func isMidnight(_ instant: Instant) -> Bool {
        return zone.instant(day: zone.day(at: instant)) == instant
    }

    mutating func refresh() {
        snapshot.release(to: blank)
        pass(to: zone.day(at: now))
        let dates = memo.dates(of: observed, zone, programme)
        snapshot.pass(to: Moment(state, observed, dates, zone: zone, now: now, context), state.sharedConclusions)
        measure()
        readHealth()
    }

    /// Windows move on; what is closed for long is forgotten.
    private mutating func pass(to day: Day) {
        guard day > observations.today else { return }
        let count = observations.entities.rows.count
        let programme = programme
        observed.change { $0.advance(to: day, programme: programme) }
        if observations.entities.rows.count != count { memo.mark(.entities, programme.dependencies) }
    }

    /// What caps say of earlier days follows from the day that is closed here: then the score is read again.
    private mutating func closeDay() {
        let metrics = dayVector()
        concludeHealth()
        closeHealthDay(snapshot.today + -1, metrics)
        if programme.capsReadConclusions { readHealth() }
    }

    mutating func conclude() {
        guard context.concludes else { return pass(to: zone.day(at: now)) }
        refresh()
        runStages()
    }

    /// Rounds until nothing follows from what was concluded, at the same instant; more than these go in circles.
    private static let roundsMax = 4

    private mutating func runStages() {
        for _ in 0..<Self.roundsMax {
            let count = decisions.count
            for stage in Engine.stages { stage.run(&self) }
            guard decisions[count...].contains(where: \.what.isReadByConditions) else { return }
            if programme.capsReadConclusions { readHealth() }
        }
    }

    /// The earliest instant after `clock` at which time alone changes something: of the account, or for everybody.
    mutating func nextDue(after clock: Instant) -> Instant? {
        guard !isPart else { return nil }
        let own = memo.due ?? ownDue(after: clock)
        memo.due = own
        return min(own, context.nextChange(after: clock) ?? own)
    }

    private func ownDue(after clock: Instant) -> Instant {
        var due = zone.instant(day: zone.day(at: clock) + 1)
        if due <= clock { due = zone.instant(day: zone.day(at: clock) + 2) }
        signalTimers { if $0 > clock, $0 < due { due = $0 } }
        playTimers { if $0 > clock, $0 < due { due = $0 } }
        reentryTimers { if $0 > clock, $0 < due { due = $0 } }
        observations.gradeTimers { if $0 > clock, $0 < due { due = $0 } }
        state.sharedConclusions.value.clocks.timers { if $0 > clock, $0 < due { due = $0 } }
        return due
    }
}

extension FactType {
    /// Whether the fact is an event of the product, whose time moves the account's clock behind the fence.
    package static func isTelemetry(_ type: String) -> Bool {
        switch type {
        case accountChanged, contactChanged, ownerAssigned, noteAdded: false
        default: true
        }
    }
}

// MARK: - Taking facts

extension Turn {
    private mutating func take(_ fact: Fact, knownAt: Instant) {
        // Most facts are events, told by one look rather than by comparing them with every command.
        if let plan = programme.event(fact.type) { return fold(fact, plan, knownAt: knownAt) }
        switch fact.type {
        case FactType.taskCompleted, FactType.taskReopened, FactType.stepSignedOff, FactType.playStarted,
            FactType.playStopped, FactType.playPaused, FactType.playResumed:
            takePlayCommand(fact)
        case FactType.signalAcknowledged, FactType.signalSnoozed, FactType.signalMarkedFalse, FactType.signalConfirmed,
            FactType.signalTakenBack:
            takeSignalCommand(fact)
        case FactType.messageSettled: takeSettlement(fact)
        case FactType.accountMerged: takeMerge(fact)
        case FactType.accountLeft: leave(fact)
        case FactType.clockReached, FactType.workspaceWentLive, FactType.programmePublished, FactType.noteAdded: break
        default: fold(fact, nil, knownAt: knownAt)
        }
    }

    private mutating func fold(_ fact: Fact, _ plan: EventPlan?, knownAt: Instant) {
        guard case .append = fact.operation else { return }
        snapshot.release(to: blank)
        let context = FoldContext(programme: programme, zone: zone, knownAt: knownAt)
        let changes = observed.change { observations in
            plan.map { observations.fold(fact, $0, context) } ?? observations.fold(fact, context)
        }
        memo.take(changes, programme.dependencies)
        if changes.aspects.contains(.profile) { findZone() }
    }

    private mutating func findZone() {
        let found = memo.zone(of: observed, programme)
        // Other days begin and end at other instants.
        if found != zone { memo.forget(programme.dependencies) }
        zone = found
    }

    /// Facts are taken back by folding what is left of the account's facts anew: exact for every measure alike.
    private mutating func takeBack(_ facts: [Fact], _ history: [Fact]?) {
        guard Engine.needsHistory(facts) else { return }
        let taken = facts.compactMap(\.retraction)
        guard let history else {
            observed.change { observations in for fact in taken { observations.retract(fact) } }
            return
        }
        // Other accounts' facts took others back: what was taken back here is in the history.
        let isOfParts = facts.contains(where: \.changesParts)
        refold(history, without: (isOfParts ? [] : observations.retracted) + taken)
    }

    mutating func refold(_ history: [Fact], without retracted: [Retraction]) {
        observed = Shared(Refold(programme, history: history, retracted: retracted).observations)
        memo.forget(programme.dependencies)
        zone = memo.zone(of: observed, programme)
    }

    mutating func refuse(_ fact: Fact, _ reason: Refusal.Reason) {
        refusals.append(Refusal(factID: fact.id, reason: reason))
    }

    mutating func takeSettlement(_ fact: Fact) {
        guard let key = fact.data["key"]?.string, let fate = fact.data["state"]?.string else { return }
        decide(.outreach(.messageSettled(key: key, state: fate, detail: fact.data["detail"]?.string ?? "")))
    }
}
