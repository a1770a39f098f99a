import TenureCore

/// Ids seen in the last 40 days of recorded time, with a hash of what each said: exact answers to "have we had this?".
///
/// Held in memory, 43 to 128 bytes an id, and rebuilt from the log at start. One flat table with linear probing; what
/// has left the window leaves when the table is written anew.
struct EventIndex: Sendable {
    enum Answer: Sendable { case new, duplicate, conflict }

    static let days: Int32 = 40

    private struct Slot: Sendable {
        var key = EventKey(high: 0, low: 0)
        var content: UInt64 = 0
        /// Day of recording; `vacant` where nobody was, `forgotten` where somebody was who is not any more.
        var day: Int32 = Self.vacant

        static let vacant = Int32.min
        static let forgotten = Int32.min + 1
        var isVacant: Bool { day == Self.vacant }
        var isForgotten: Bool { day == Self.forgotten }
    }

    private var slots: [Slot] = []
    /// Slots that are not vacant.
    private var used = 0
    private var newest = Int32.min

    /// Senders choose ids: without it they cannot choose places, and so not fill one stretch of the table.
    private let seed = UInt64.random(in: .min ... .max)

    private static let slotsMin = 1024

    func contains(_ key: EventKey) -> Bool { place(of: key).isFound }

    func answer(_ key: EventKey, content: UInt64) -> Answer {
        let (index, isFound) = place(of: key)
        guard isFound else { return .new }
        return slots[index].content == content ? .duplicate : .conflict
    }

    mutating func remember(_ key: EventKey, content: UInt64, recorded: Instant) {
        if used * 4 >= slots.count * 3 { rewrite() }
        newest = max(newest, ZoneRules.utc.day(at: recorded).number)
        put(Slot(key: key, content: content, day: ZoneRules.utc.day(at: recorded).number))
    }

    mutating func forget(_ key: EventKey) {
        let (index, isFound) = place(of: key)
        if isFound { slots[index].day = Slot.forgotten }
    }

    private mutating func put(_ slot: Slot) {
        let (index, _) = place(of: slot.key)
        if slots[index].isVacant { used += 1 }
        slots[index] = slot
    }

    /// Where the key is, or where it would go: there is always a vacant slot.
    private func place(of key: EventKey) -> (index: Int, isFound: Bool) {
        guard !slots.isEmpty else { return (0, false) }
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: mixed(seed, key.low)) & mask
        while !slots[index].isVacant {
            if slots[index].key == key { return (index, !slots[index].isForgotten) }
            index = (index + 1) & mask
        }
        return (index, false)
    }

    /// Without what has left the window, in a table that is at most half full.
    private mutating func rewrite() {
        let kept = slots.filter { !$0.isVacant && !$0.isForgotten && newest - $0.day <= Self.days }
        var count = Self.slotsMin
        while kept.count * 2 > count { count *= 2 }
        slots = Array(repeating: Slot(), count: count)
        used = 0
        for slot in kept { put(slot) }
    }
}
