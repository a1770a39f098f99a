package import TenureCore
package import TenureEngine
import TenureProgramme

/// All facts of one account, and what the engine makes of any part of them at any moment.
package struct AccountPast: Sendable {
    package let facts: [Fact]
    let programme: CompiledProgramme
    let zone: ZoneRules
    private let account: AccountID
    private let created: Instant?
    private let workspace: WorkspaceState

    /// - Parameters:
    ///   - facts: of this account, in log order.
    ///   - snapshot: the account as it is now; its zone is taken for the past as well.
    package init(_ facts: [Fact], _ snapshot: Snapshot) {
        self.facts = facts.filter { !$0.isMerging }
        programme = snapshot.programme
        zone = snapshot.zone
        account = snapshot.account
        created = snapshot.created
        workspace = snapshot.workspace
    }

    var eventTypes: [String: EventType] {
        Dictionary(programme.programme.events.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Facts that were known then.
    func known(at moment: Moment) -> [Fact] { facts.filter(moment.knows) }

    /// The reading that those facts alone would give. They are folded in one turn: observations do not depend on how
    /// blocks cut them, and nothing that was concluded on the way is in a reading.
    func reading(of facts: [Fact], at moment: Moment) -> HealthReading? { snapshot(of: facts, at: moment).health }

    func snapshot(of facts: [Fact], at moment: Moment) -> Snapshot {
        var state = AccountState(id: account, programme: programme)
        let context = TurnContext(programme: programme, workspace: workspace)
        _ = Engine.turn(
            &state, facts: facts.map(\.asTakenLive), now: moment.instant, context, history: [])
        state.created = created
        return Snapshot(programme: programme, workspace: workspace, state: state, now: moment.instant)
    }
}

extension Fact {
    /// Imported history in the form of a fact that came when it occurred, so that no day is closed on the way.
    var asTakenLive: Fact {
        guard flags.contains(.fenced) else { return self }
        var fact = self
        fact.flags.remove(.fenced)
        fact.recorded = occurred
        return fact
    }

    /// Too late to count as an event.
    var isTooLate: Bool {
        !flags.contains(.fenced) && recorded - occurred > latenessWindowMilliseconds
    }
}
