package import TenureCore

/// What an account's facts come to under any programme, without conclusions: fact by fact, in log order.
package struct Refold: Sendable {
    package private(set) var observations: Observations
    private(set) var zone: ZoneRules
    private let programme: CompiledProgramme

    /// - Parameter retracted: facts that were taken back, before or after they came.
    package init(_ programme: CompiledProgramme, retracted: [Retraction]) {
        self.programme = programme
        observations = programme.emptyObservations()
        for fact in retracted { observations.retract(fact) }
        zone = programme.zone(of: observations)
    }

    /// All facts that an account has, those that take others back among them.
    package init(_ programme: CompiledProgramme, history: [Fact], retracted: [Retraction] = []) {
        self.init(programme, retracted: retracted + history.compactMap(\.retraction))
        take(history)
    }

    /// Goes on where the account's observations stand.
    package init(_ programme: CompiledProgramme, continuing observations: Observations) {
        self.programme = programme
        self.observations = observations
        zone = programme.zone(of: observations)
    }

    package mutating func take(_ facts: [Fact]) {
        let lent = facts.span
        for place in lent.indices { take(lent[place]) }
    }

    /// Imported history counts as known when it occurred, as it did when it came.
    package mutating func take(_ fact: Fact) {
        guard case .append = fact.operation else { return }
        let knownAt = fact.flags.contains(.fenced) ? fact.occurred : fact.recorded
        let context = FoldContext(programme: programme, zone: zone, knownAt: knownAt)
        if let plan = programme.event(fact.type) {
            observations.fold(fact, plan, context)
            return
        }
        guard FactType.isObserved(fact.type) else { return }
        let changes = observations.fold(fact, context)
        if changes.aspects.contains(.profile) { zone = programme.zone(of: observations) }
    }

    /// Windows move on to the account's day of that instant, as they do with every turn.
    package mutating func pass(to instant: Instant) {
        observations.advance(to: zone.day(at: instant), programme: programme)
    }
}

extension Fact {
    /// The fact that it takes back; the end of a merge takes none back.
    package var retraction: Retraction? {
        guard case .retract(let id) = operation, FactType.isObserved(type) else { return nil }
        return Retraction(source: source, id: id)
    }
}

extension FactType {
    /// Whether the engine itself gives the type a meaning: nobody's programme can.
    static func isReserved(_ type: String) -> Bool {
        switch type {
        case accountChanged, ownerAssigned, contactChanged, gradeGiven, pulseGiven, flagRaised, flagCleared: true
        default: !isObserved(type)
        }
    }

    /// Whether the fact tells something of the account; commands and the workspace's own facts do not.
    package static func isObserved(_ type: String) -> Bool {
        switch type {
        case taskCompleted, taskReopened, stepSignedOff, playStarted, playStopped, playPaused, playResumed,
            signalAcknowledged, signalSnoozed, signalMarkedFalse, signalConfirmed, signalTakenBack, messageSettled, clockReached, workspaceWentLive, programmePublished,
            noteAdded, accountMerged, accountLeft:
            false
        default: true
        }
    }
}
