import TenureCore

/// Distinct elements in ascending order, found by bisection.
struct SortedList<Element: Comparable & Sendable>: Sendable {
    private(set) var elements: [Element] = []

    /// Index of the first element that is not before `element`.
    func index(of element: Element) -> Int { elements.indices.firstPlace { elements[$0] >= element } }

    mutating func insert(_ element: Element) {
        let place = index(of: element)
        guard place == elements.count || elements[place] != element else { return }
        elements.insert(element, at: place)
    }

    mutating func remove(_ element: Element) {
        let place = index(of: element)
        guard place < elements.count, elements[place] == element else { return }
        elements.remove(at: place)
    }
}

/// A row's key at an instant, ordered by the instant and then by the key's bytes.
struct TimedKey: Comparable, Sendable {
    var at: Instant
    var key: RowKey

    static func < (left: TimedKey, right: TimedKey) -> Bool {
        left.at != right.at ? left.at < right.at : left.key < right.key
    }
}

/// A text key compared as bytes, as SQLite compares it.
typealias RowKey = ID<RowEntity>
enum RowEntity {}

/// As SQLite does it: letters beyond ASCII keep their case.
package func asciiLowered(_ text: String) -> [UInt8] {
    text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
}
