import TenureCore

/// Slots in the order of a text that each has, and where each stands in it as a number: who compares many compares no
/// texts. Slots of the same text stand at the same place.
package struct SlotOrder: Sendable {
    private var order: [Int] = []
    /// By slot. Even, so that there is room for a text that no slot has between two of them.
    private var places: [Int64] = []

    init() {}

    package func place(of slot: Int) -> Int64 { places[slot] }

    /// Of any text: an odd number where no slot has it.
    func place(of text: String, _ textOf: (Int) -> String) -> Int64 {
        let next = index(of: text, in: order[...], textOf)
        guard next < order.count else { return (order.last.map { places[$0] } ?? 0) + 1 }
        return isSame(textOf(order[next]), text) ? places[order[next]] : places[order[next]] - 1
    }

    /// - Parameter changed: slots whose text is new.
    mutating func change(_ changed: Set<Int>, _ textOf: (Int) -> String) {
        guard !changed.isEmpty else { return }
        let kept = order.filter { !changed.contains($0) }
        var (merged, start): ([Int], Int) = ([], 0)
        merged.reserveCapacity(kept.count + changed.count)
        for slot in changed.sorted(by: { precedes(textOf($0), textOf($1)) }) {
            let next = index(of: textOf(slot), in: kept[start...], textOf)
            merged += kept[start..<next]
            merged.append(slot)
            start = next
        }
        order = merged + kept[start...]
        number(textOf)
    }

    private mutating func number(_ textOf: (Int) -> String) {
        var (numbered, last) = (Array(repeating: Int64(0), count: order.count), "")
        for (index, slot) in order.enumerated() {
            let text = textOf(slot)
            let before = index == 0 ? 0 : numbered[order[index - 1]]
            numbered[slot] = index > 0 && isSame(text, last) ? before : before + 2
            last = text
        }
        places = numbered
    }

    /// Of the first whose text does not come before another one.
    private func index(of text: String, in slots: ArraySlice<Int>, _ textOf: (Int) -> String) -> Int {
        slots.indices.firstPlace { !precedes(textOf(slots[$0]), text) }
    }
}
