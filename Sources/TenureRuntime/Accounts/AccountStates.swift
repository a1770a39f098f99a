package import TenureCore
package import TenureEngine

/// The state of every account. Those that had their turns lately are there as values; those before them as their bytes,
/// which are a fraction of it; all others as compressed bytes, a tenth of it.
///
/// Which are packed is found by the clock's hand: whoever is set again and again it passes over, a few times; whoever was set
/// once goes first, so that a block of many accounts does not drive out those that every block holds.
package struct AccountStates: Sendable {
    /// About 40 KB each with the largest programme.
    package static let wholeMaxStandard = 1024
    private static let examples = 16
    /// Of states that are there as their plain bytes.
    private static let plainBytesMaxStandard = 16 << 20
    private static let passesMax = 3

    private struct Place: Sendable {
        var account: AccountID
        /// How often the hand still passes it over.
        var passes = 0
    }

    private var kept: [AccountID: KeptState] = [:]
    /// Accounts that are there as values.
    private var whole: [Place] = []
    private var places: [AccountID: Int] = [:]
    private var hand = 0
    private var plain = PlainStates()
    private var packing: StatePacking?
    private let wholeMax: Int
    private let plainBytesMax: Int

    /// - Parameters:
    ///   - wholeMax: how many are there as values; at least 1.
    ///   - plainBytesMax: how many bytes those have that are there as plain bytes.
    package init(wholeMax: Int = wholeMaxStandard, plainBytesMax: Int = plainBytesMaxStandard) {
        self.wholeMax = Swift.max(1, wholeMax)
        self.plainBytesMax = plainBytesMax
    }

    package var count: Int { kept.count }
    package var keys: Dictionary<AccountID, KeptState>.Keys { kept.keys }
    /// Each as it is kept, to be shared.
    package var all: [AccountID: KeptState] { kept }
    /// How many are there as values.
    package var wholeCount: Int { whole.count }

    package func contains(_ account: AccountID) -> Bool { kept.index(forKey: account) != nil }

    /// The places of the accounts in the list, those first that are there as values.
    package func wholeFirst(_ accounts: [AccountID]) -> [Int] {
        let isWhole = accounts.map { places[$0] != nil }
        return accounts.indices.filter { isWhole[$0] } + accounts.indices.filter { !isWhole[$0] }
    }

    /// As it is kept; nil: there is no such account.
    package func kept(_ account: AccountID) -> KeptState? { kept[account] }

    package subscript(account: AccountID) -> AccountState? {
        get { kept[account]?.state }
        set {
            guard let newValue else { return remove(account) }
            keep(newValue, of: account)
        }
    }

    /// The state for a turn, to be set again by it: what nobody else holds is handed over, so that it is changed in place.
    package mutating func take(_ account: AccountID) -> AccountState? {
        guard let index = kept.index(forKey: account) else { return nil }
        guard isKnownUniquelyReferenced(&kept.values[index]) else { return kept.values[index].state }
        return kept.values[index].taken()
    }

    private mutating func keep(_ state: AccountState, of account: AccountID) {
        kept[account] = KeptState(state)
        if let place = places[account] {
            whole[place].passes = Self.passesMax
        } else if whole.count < wholeMax {
            places[account] = whole.count
            whole.append(Place(account: account))
        } else {
            let place = packOne()
            places[account] = place
            whole[place] = Place(account: account)
        }
    }

    /// Packs the first account that the hand does not pass over, and gives its place.
    private mutating func packOne() -> Int {
        while whole[hand].passes > 0 {
            whole[hand].passes -= 1
            hand = (hand + 1) % whole.count
        }
        let place = hand
        hand = (hand + 1) % whole.count
        let account = whole[place].account
        places[account] = nil
        if let bytes = kept[account]?.pack() { plain.add(account, bytes: bytes) }
        while plain.bytes > plainBytesMax, let oldest = plain.removeOldest() { compress(oldest) }
        return place
    }

    /// Nothing to do where it is there as a value again.
    private mutating func compress(_ account: AccountID) {
        let packing = packing ?? StatePacking(examples: whole.prefix(Self.examples).compactMap { kept[$0.account]?.bytes })
        self.packing = packing
        kept[account]?.compress(packing)
    }

    private mutating func remove(_ account: AccountID) {
        kept[account] = nil
        guard let place = places.removeValue(forKey: account) else { return }
        let last = whole.removeLast()
        if place < whole.count {
            whole[place] = last
            places[last.account] = place
        }
        if hand >= whole.count { hand = 0 }
    }
}

/// Accounts whose states became plain bytes, oldest first. Some may be there as values again, or twice.
private struct PlainStates: Sendable {
    private var order: [(account: AccountID, bytes: Int)] = []
    private var first = 0
    private(set) var bytes = 0

    mutating func add(_ account: AccountID, bytes count: Int) {
        order.append((account, count))
        bytes += count
    }

    mutating func removeOldest() -> AccountID? {
        guard first < order.count else { return nil }
        let oldest = order[first]
        first += 1
        bytes -= oldest.bytes
        if first > 1024, first * 2 > order.count {
            order.removeFirst(first)
            first = 0
        }
        return oldest.account
    }
}

extension AccountStates: Sequence {
    package func makeIterator() -> some IteratorProtocol<(key: AccountID, value: AccountState)> {
        kept.lazy.map { (key: $0.key, value: $0.value.state) }.makeIterator()
    }

    /// One at a time; none is kept as a value for it.
    package var values: some Sequence<AccountState> { kept.values.lazy.map(\.state) }

    package func mapValues<Value>(_ transform: (AccountState) throws -> Value) rethrows -> [AccountID: Value] {
        try kept.mapValues { try transform($0.state) }
    }
}
