/// The slots for want of which a result is unknown.
public struct UnknownSet: Sendable, Hashable {
    /// One bit for each of the first 64 slots: few programs mention more, and so most sets need no memory of their own.
    @usableFromInline let bits: UInt64
    /// Slots beyond those, ascending and distinct.
    @usableFromInline let others: [Int]

    /// One slot.
    @inlinable
    public init(_ slot: Int) {
        let isEarly = slot >= 0 && slot < 64
        bits = isEarly ? 1 << UInt64(truncatingIfNeeded: slot) : 0
        others = isEarly ? [] : [slot]
    }

    /// Any slots, in any order.
    public init(_ slots: some Sequence<Int>) {
        var bits: UInt64 = 0
        var others: [Int] = []
        for slot in slots {
            if (0..<64).contains(slot) { bits |= 1 << UInt64(slot) } else { others.append(slot) }
        }
        self.bits = bits
        self.others = others.isEmpty ? [] : Set(others).sorted()
    }

    @inlinable
    init(bits: UInt64) {
        self.bits = bits
        others = []
    }

    private init(bits: UInt64, others: [Int]) {
        self.bits = bits
        self.others = others
    }

    /// Slot ids, ascending and distinct.
    public var slots: [Int] {
        let early = (0..<64).filter { bits >> UInt64($0) & 1 == 1 }
        return others.isEmpty ? early : (early + others).sorted()
    }

    /// Every slot of both.
    public func union(_ other: UnknownSet) -> UnknownSet {
        guard !others.isEmpty || !other.others.isEmpty else { return UnknownSet(bits: bits | other.bits) }
        return UnknownSet(bits: bits | other.bits, others: Set(others + other.others).sorted())
    }
}
