package import TenureCore

/// What the past months say of each account, by its slot: plain values, made anew where something was decided.
package struct PastColumn: Sendable {
    struct Mark: Sendable {
        var bandThen = BandThen.asNow
        /// Of the newest move of a band or raising of a signal; nil: there was none.
        var newest: Instant?
    }

    private var marks: [Mark] = []
    /// Bands are told as people saw them just before it.
    package let then: Instant
    /// Accounts that no row is of yet.
    private var unplaced: Set<AccountID> = []

    package init(then: Instant) { self.then = then }

    subscript(slot: Int) -> Mark { marks.indices.contains(slot) ? marks[slot] : Mark() }

    /// - Parameter changed: accounts whose chronicle is newer than the last time.
    package mutating func take(
        _ changed: some Sequence<AccountID>, of chronicles: [AccountID: AccountChronicle], _ table: AccountTable
    ) {
        marks += Array(repeating: Mark(), count: max(0, table.rows.count - marks.count))
        for account in unplaced.union(changed) {
            guard let slot = table.slot(of: account), slot < marks.count else {
                unplaced.insert(account)
                continue
            }
            unplaced.remove(account)
            marks[slot] = chronicles[account].map { Mark($0, then) } ?? Mark()
        }
    }
}

extension PastColumn.Mark {
    fileprivate init(_ chronicle: AccountChronicle, _ then: Instant) {
        bandThen = chronicle.band(before: then)
        newest = chronicle.newest
    }
}

/// The band that people saw at an earlier instant.
enum BandThen: Sendable {
    /// Nothing moved: the one that they see now.
    case asNow
    /// Place among the model's bands, best first; nil: too little was known.
    case was(Int?)

    func place(now: Int?) -> Int? {
        switch self {
        case .asNow: now
        case .was(let place): place
        }
    }
}
