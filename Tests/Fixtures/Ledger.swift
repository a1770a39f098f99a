package import TenureCore
package import TenureEngine
package import TenureProgramme

/// One account, driven by hand: turns in, decisions kept in order.
package struct Ledger {
    package let programme: CompiledProgramme
    package var workspace = WorkspaceState()
    package var state: AccountState
    package var decisions: [Decision] = []
    package var refusals: [Refusal] = []
    /// When time alone next changes something, as of the last turn.
    package private(set) var due: Instant?
    /// Kept from turn to turn, as the writer does; nil: each turn measures everything anew.
    package var memo: Memo? = Memo()
    private var count = 0

    package init(_ programme: Programme, isLive: Bool = true) {
        self.init(CompiledProgramme(programme, zones: zones), isLive: isLive)
    }

    package init(_ programme: CompiledProgramme, isLive: Bool = true) {
        self.programme = programme
        workspace.liveSince = isLive ? Instant(milliseconds: 0) : nil
        state = AccountState(id: "acc_1", programme: programme)
    }

    /// One block of facts at `now`; gives what was concluded in it.
    @discardableResult
    package mutating func turn(_ now: Instant, _ facts: [Fact] = [], history: [Fact]? = nil) -> [Decision] {
        for fact in facts { workspace.fold(fact, programme: programme, at: now) }
        var memo = self.memo ?? Memo()
        let result = Engine.turn(
            &state, &memo, facts: facts, now: now, TurnContext(programme: programme, workspace: workspace),
            history: history)
        if self.memo != nil { self.memo = memo }
        decisions += result.decisions
        refusals += result.refusals
        due = result.due
        return result.decisions
    }

    @discardableResult
    package mutating func turn(_ now: String, _ facts: [Fact] = []) -> [Decision] { turn(instant(now), facts) }

    /// One fact that occurs and is recorded at `now`.
    @discardableResult
    package mutating func take(
        _ now: String, _ type: String, _ data: JSONObject = [:], member: String? = nil
    ) -> [Decision] {
        count += 1
        let at = instant(now)
        return turn(
            at,
            [
                Fact(
                    occurred: at, recorded: at, source: "test", id: "f\(count)", account: state.id,
                    type: type,
                    member: member, data: data)
            ])
    }

    /// Sets fields of the account.
    @discardableResult
    package mutating func set(_ now: String, _ data: JSONObject) -> [Decision] {
        take(now, FactType.accountChanged, data)
    }

    package func snapshot(at now: Instant) -> Snapshot {
        Snapshot(programme: programme, workspace: workspace, state: state, now: now)
    }

    package func value(_ reference: String, at now: String) -> Double? {
        let snapshot = snapshot(at: instant(now))
        return programme.metrics.firstIndex { $0.reference.text == reference }.flatMap {
            snapshot.readings[$0].value
        }
    }

    /// The play decisions and the instants at which they were drawn.
    package var played: [(at: Instant, what: PlayDecision)] {
        decisions.compactMap { if case .play(let play) = $0.what { ($0.at, play) } else { nil } }
    }

    package var signalled: [(at: Instant, what: SignalDecision)] {
        decisions.compactMap { if case .signal(let signal) = $0.what { ($0.at, signal) } else { nil } }
    }

    package var queued: [MessageIntent] {
        decisions.compactMap {
            if case .outreach(.messageQueued(let intent)) = $0.what { intent } else { nil }
        }
    }

    /// Each decision's kind, in order.
    package var kinds: [String] { decisions.map(\.what.kind) }
}
