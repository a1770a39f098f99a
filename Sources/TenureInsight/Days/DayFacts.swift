import TenureCore
import TenureEngine

/// The facts of an account around the close of one of its days: which had been counted by then, and which came since
/// though they had occurred.
struct DayFacts: Sendable {
    struct Taken: Sendable {
        let fact: Fact
        /// What stands for "recorded" when lateness is judged: behind the import fence the account's own clock.
        var knownAt: Instant

        /// In the form in which it is folded anew: as a fact that came when it was known.
        var folded: Fact {
            var folded = fact
            folded.flags.remove(.fenced)
            folded.recorded = knownAt
            return folded
        }

        var name: Retraction { Retraction(source: fact.source, id: fact.id) }

        /// The fact that it takes back.
        var retracted: Retraction? { fact.retraction }
    }

    /// Counted when the day was closed.
    private(set) var then: [Taken] = []
    /// Came after the close; facts that occurred only after it are left out, whatever takes a fact back is not.
    private(set) var since: [Taken] = []
    private let close: DayClose
    private var clock: Instant?

    /// - Parameters:
    ///   - blocks: all with facts of the account, in log order.
    ///   - liveSince: when the workspace left the import fence.
    init(_ blocks: [AccountBlock], _ close: DayClose, liveSince: Instant?) {
        self.close = close
        for block in blocks {
            take(block, isLive: liveSince.map { $0 <= block.now } ?? false)
        }
    }

    private mutating func take(_ block: AccountBlock, isLive: Bool) {
        let live = block.facts.filter { !$0.flags.contains(.fenced) }
        takeImported(block)
        // A turn lets time pass before it takes facts: those of the closing block come after the close.
        let wasThere = close.position.map { block.position < $0 } ?? (block.now < close.at)
        if wasThere, Engine.needsHistory(live) { refold() }
        for fact in live { keep(Taken(fact: fact, knownAt: fact.recorded), wasThere) }
        if isLive || !live.isEmpty { clock = max(clock ?? block.now, block.now) }
    }

    /// Imported events move the account's clock, in the order in which they occurred, and close its days on the way.
    private mutating func takeImported(_ block: AccountBlock) {
        let imported = block.facts.filter { $0.flags.contains(.fenced) }.enumerated()
            .sorted { ($0.element.occurred, $0.offset) < ($1.element.occurred, $1.offset) }.map(\.element)
        var isClosed = close.position.map { block.position > $0 } ?? false
        for fact in imported {
            if FactType.isTelemetry(fact.type) {
                clock = max(clock ?? fact.occurred, fact.occurred)
                if block.position == close.position, fact.occurred >= close.at { isClosed = true }
            }
            let wasThere = close.position == nil ? fact.occurred < close.at : !isClosed
            keep(Taken(fact: fact, knownAt: clock ?? fact.occurred), wasThere)
        }
    }

    private mutating func keep(_ taken: Taken, _ wasThere: Bool) {
        if wasThere {
            then.append(taken)
        } else if taken.fact.occurred < close.at || taken.retracted != nil {
            since.append(taken)
        }
    }

    /// Taking a fact back folds all others anew, and imported ones then count as known when they occurred.
    private mutating func refold() {
        for index in then.indices where then[index].fact.flags.contains(.fenced) {
            then[index].knownAt = then[index].fact.occurred
        }
    }
}
