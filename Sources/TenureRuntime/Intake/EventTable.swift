import TenureCore
import TenureStore

/// Records by their keys: one flat table with linear probing; what is too old leaves when the table is written anew.
struct EventTable: Sendable {
    private struct Slot: Sendable {
        var record = EventRecord(key: EventKey(high: 0, low: 0), content: 0, day: Self.vacant)

        /// In place of the day where nobody was, and where somebody was who is not any more.
        static let vacant = Int32.min
        static let forgotten = Int32.min + 1
        var isVacant: Bool { record.day == Self.vacant }
        var isForgotten: Bool { record.day == Self.forgotten }
        var isTaken: Bool { !isVacant && !isForgotten }
    }

    private var slots: [Slot] = []
    /// Slots that are not vacant.
    private(set) var count = 0

    /// Senders choose ids: without it they cannot choose places, and so not fill one stretch of the table.
    private let seed = UInt64.random(in: .min ... .max)

    private static let slotsMin = 1024

    var records: [EventRecord] { slots.lazy.filter(\.isTaken).map(\.record) }

    subscript(key: EventKey) -> EventRecord? {
        let (index, isFound) = place(of: key)
        return isFound ? slots[index].record : nil
    }

    /// - Parameter first: the day before which records may go.
    mutating func set(_ record: EventRecord, keeping first: Int32) {
        if count * 4 >= slots.count * 3 { rewrite(keeping: first) }
        put(record)
    }

    mutating func forget(_ key: EventKey) {
        let (index, isFound) = place(of: key)
        if isFound { slots[index].record.day = Slot.forgotten }
    }

    private mutating func put(_ record: EventRecord) {
        let (index, _) = place(of: record.key)
        if slots[index].isVacant { count += 1 }
        slots[index].record = record
    }

    /// Where the key is, or where it would go: there is always a vacant slot.
    private func place(of key: EventKey) -> (index: Int, isFound: Bool) {
        guard !slots.isEmpty else { return (0, false) }
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: mixed(seed, key.low)) & mask
        while !slots[index].isVacant {
            if slots[index].record.key == key { return (index, !slots[index].isForgotten) }
            index = (index + 1) & mask
        }
        return (index, false)
    }

    /// Without what is too old, in a table that is at most half full.
    private mutating func rewrite(keeping first: Int32) {
        let kept = records.filter { $0.day >= first }
        var size = Self.slotsMin
        while kept.count * 2 > size { size *= 2 }
        slots = Array(repeating: Slot(), count: size)
        count = 0
        for record in kept { put(record) }
    }
}
