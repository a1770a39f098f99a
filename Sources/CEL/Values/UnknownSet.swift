/// The slots for want of which a result is unknown, ascending and distinct.
public struct UnknownSet: Sendable, Hashable {
    /// Slot ids, ascending.
    public let slots: [Int]

    /// One slot.
    public init(_ slot: Int) { slots = [slot] }

    /// Any slots, in any order.
    public init(_ slots: some Sequence<Int>) { self.slots = Set(slots).sorted() }

    /// Every slot of both.
    public func union(_ other: UnknownSet) -> UnknownSet {
        self == other ? self : UnknownSet(slots + other.slots)
    }
}
