package import TenureCore

extension Turn {
    /// Whether the account is part of another one: its time stands still, and the other one concludes.
    var isPart: Bool { state.isPart }

    /// What still reaches an account that is part of another: its return, what became of its messages, and commands of
    /// people who had its page open.
    mutating func runPart(_ facts: [Fact], until end: Instant, history: [Fact]?) {
        now = max(end, state.clock ?? end)
        isFenced = context.workspace.isFenced(at: now)
        for fact in facts { if fact.isReturn { comeBack(fact, history) } else { takeAsPart(fact) } }
        if !isPart { conclude() }
    }

    /// Time that passed elsewhere is not lived through again: the account goes on from now.
    private mutating func comeBack(_ fact: Fact, _ history: [Fact]?) {
        state.clock = now
        refold(history ?? [], without: [])
        decide(.merging(.returned(by: by(fact))))
    }

    private mutating func takeAsPart(_ fact: Fact) {
        switch fact.type {
        case FactType.messageSettled: takeSettlement(fact)
        case FactType.noteAdded: break
        default: if !FactType.isObserved(fact.type) { refuse(fact, .accountMerged) }
        }
    }

    /// The survivor's side: its observations were folded from the facts of both before.
    mutating func takeMerge(_ fact: Fact) {
        guard let other = fact.otherSide else { return refuse(fact, .malformed) }
        if case .retract = fact.operation { return decide(.merging(.parted(other, by: by(fact)))) }
        decide(.merging(.merged(other, by: by(fact), reason: fact.data[FactField.reason]?.string ?? "")))
    }

    /// The other side: whatever it had begun ends, in the same commit.
    mutating func leave(_ fact: Fact) {
        guard case .append = fact.operation, let survivor = fact.otherSide else { return }
        for play in state.conclusions.plays where play.isRunning { end(play, PlayInstance.accountMerged) }
        dropClocks()
        for signal in state.conclusions.signals where signal.isAlive { decide(.signal(.cleared(signal: signal.signal))) }
        decide(.merging(.left(into: survivor, by: by(fact))))
    }
}

extension Fact {
    /// Of a merge: the account at the other side.
    package var otherAccount: AccountID? { data[FactField.other]?.string.map { AccountID($0) } }

    fileprivate var otherSide: MergingDecision.Other? {
        otherAccount.map { .init(account: $0, name: data[FactField.otherName]?.string ?? $0.text) }
    }

    fileprivate var isReturn: Bool {
        if case .retract = operation { type == FactType.accountLeft } else { false }
    }

    /// Whether it joins accounts, or ends that.
    package var isMerging: Bool { type == FactType.accountMerged || type == FactType.accountLeft }

    /// Whether the account's earlier facts are other ones than before it.
    var changesParts: Bool { type == FactType.accountMerged || isReturn }
}
