package import TenureCore

/// The pure heart: facts in, state and decisions out. No clock, no randomness, no I/O; time arrives with the facts.
package enum Engine {
    /// Every stage in its order. A later stage reads what an earlier one concluded in the same turn.
    static let stages: [Stage] = [
        Stage(name: "slas", run: { $0.concludeSLAs() }),
        Stage(name: "health", run: { $0.concludeHealth() }),
        Stage(name: "signals", run: { $0.concludeSignals() }),
        Stage(name: "plays", run: { $0.concludePlays() }),
    ]

    struct Stage: Sendable {
        let name: String
        let run: @Sendable (inout Turn) -> Void
    }

    /// One account's turn over one block: time passes to `now`, facts are folded, conclusions drawn.
    ///
    /// - Parameters:
    ///   - memo: what the account's turn before this one left there, or a new one, which only takes longer.
    ///   - facts: this account's facts of the block, in log order.
    ///   - history: every earlier fact of the account, in log order; needed only where `needsHistory` says so.
    package static func turn(
        _ state: inout AccountState, _ memo: inout Memo, facts: [Fact], now: Instant, _ context: TurnContext,
        history: [Fact]? = nil
    ) -> TurnResult {
        var turn = Turn(state: state.taken(), memo: &memo, now: now, context)
        turn.run(facts, until: now, history: history)
        let ended = turn.end()
        (state, memo) = (ended.state, ended.memo)
        return ended.result
    }

    /// A turn of its own, which measures everything anew.
    package static func turn(
        _ state: inout AccountState, facts: [Fact], now: Instant, _ context: TurnContext, history: [Fact]? = nil
    ) -> TurnResult {
        var memo = Memo()
        return turn(&state, &memo, facts: facts, now: now, context, history: history)
    }

    /// What a turn leaves of an account whose conclusions are recorded: time passes to `now`, facts are folded, and nothing
    /// is decided. What was decided with the block is applied behind it.
    ///
    /// - Parameter context: one that does not conclude.
    package static func follow(
        _ state: inout AccountState, facts: [Fact], now: Instant, _ context: TurnContext, history: [Fact]? = nil
    ) {
        var memo = Memo()
        _ = turn(&state, &memo, facts: facts, now: now, context, history: history)
    }

    /// Whether the turn must be given the account's earlier facts: to take one back, or to count another account's
    /// from here on, they are folded anew.
    package static func needsHistory(_ facts: [Fact]) -> Bool {
        facts.indices.contains { facts[$0].operation != .append || facts[$0].changesParts }
    }

    /// When time alone next changes something for the account; the shell enters a clock fact then.
    package static func nextDue(_ state: AccountState, _ context: TurnContext) -> Instant? {
        guard let clock = state.clock else { return nil }
        var memo = Memo()
        var turn = Turn(state: state, memo: &memo, now: clock, context)
        return turn.nextDue(after: clock)
    }
}

package struct TurnResult: Sendable {
    package var decisions: [Decision]
    /// Commands that could not be carried out, by the id of their fact.
    package var refusals: [Refusal]
    /// When time alone next changes something.
    package var due: Instant?
}

/// Why a person's command changed nothing: answered after the commit.
package struct Refusal: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case noSuchPlay = "no-such-play"
        case noSuchStep = "no-such-step"
        case noSuchTask = "no-such-task"
        case noSuchSignal = "no-such-signal"
        case neverRaised = "signal-never-raised"
        case nothingToTakeBack = "nothing-to-take-back"
        case notRunning = "not-running"
        case alreadyRunning = "already-running"
        case notReady = "step-not-ready"
        case alreadyDone = "already-done"
        /// Nothing is started behind the import fence.
        case notLive = "not-live"
        /// The play's `reentry` forbids it, or forbids it for a while yet.
        case mayNotReenter = "may-not-reenter"
        /// The play's own condition is false or unknown.
        case conditionMissing = "condition-missing"
        /// An exit of the play holds already.
        case wouldEndAtOnce = "would-end-at-once"
        /// The account is part of another one.
        case accountMerged = "account-merged"
        case malformed = "validation-failed"
    }

    package var factID: String
    package var reason: Reason
}
