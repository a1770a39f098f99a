/// One list for each slot, all in one array: whoever reads them touches memory in a row and no object.
package struct SlotLists<Element: Equatable & Sendable>: Sendable {
    /// Those of all slots, and some that are no slot's any more: read them by `ranges`.
    package private(set) var elements: [Element] = []
    package private(set) var ranges = SlotRanges()
    /// How many are no slot's any more.
    private var lost = 0

    init() {}

    subscript(slot: Int) -> ArraySlice<Element> { elements[ranges[slot]] }

    /// - Parameter slot: a known one, or the next.
    mutating func set(_ list: [Element], at slot: Int) {
        if slot == ranges.count { ranges.append(elements.count..<elements.count) }
        guard !self[slot].elementsEqual(list) else { return }
        let former = ranges[slot]
        if list.count <= former.count {
            lost += former.count - list.count
            elements.replace(former, with: list)
            ranges[slot] = former.lowerBound..<(former.lowerBound + list.count)
        } else {
            lost += former.count
            ranges[slot] = elements.count..<(elements.count + list.count)
            elements += list
        }
        if lost > elements.count / 2 { pack() }
    }

    private mutating func pack() {
        var packed: [Element] = []
        packed.reserveCapacity(elements.count - lost)
        for slot in 0..<ranges.count {
            let list = self[slot]
            ranges[slot] = packed.count..<(packed.count + list.count)
            packed += list
        }
        (elements, lost) = (packed, 0)
    }
}

extension Array {
    /// Elements at the beginning of a range; the others stay where they are.
    fileprivate mutating func replace(_ range: Range<Int>, with list: [Element]) {
        for (place, element) in zip(range, list) { self[place] = element }
    }
}

/// Where the list of each slot is.
package struct SlotRanges: Sendable {
    private var ranges: [Range<Int>] = []

    init() {}

    package var count: Int { ranges.count }

    package internal(set) subscript(slot: Int) -> Range<Int> {
        get { ranges[slot] }
        set { ranges[slot] = newValue }
    }

    mutating func append(_ range: Range<Int>) { ranges.append(range) }
}
