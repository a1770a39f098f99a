import TenureCore

/// One of very many items of a list before anybody has looked at it: which it is, and where it stands, as numbers alone.
package struct Placed: Comparable, Sendable {
    /// What is unknown comes last.
    package let isUnknown: Bool
    package let number: Int64
    /// Of its text among the texts of all.
    package let text: Int64
    package let id: Int64
    package let slot: Int
    /// Which one of its account it is.
    package let ordinal: Int

    package init(number: Int64?, text: Int64 = 0, id: Int64, slot: Int, ordinal: Int = 0) {
        isUnknown = number == nil
        self.number = number ?? 0
        self.text = text
        self.id = id
        self.slot = slot
        self.ordinal = ordinal
    }

    package static func < (left: Placed, right: Placed) -> Bool {
        if left.isUnknown != right.isUnknown { return right.isUnknown }
        if left.number != right.number { return left.number < right.number }
        return left.text != right.text ? left.text < right.text : left.id < right.id
    }

    package static func == (left: Placed, right: Placed) -> Bool { !(left < right) && !(right < left) }
}

// Here rather than where they are called: only in this module they are compiled for this type alone.
extension [Placed] {
    /// The first so many in order, without putting the others in order.
    package func first(_ count: Int) -> [Placed] {
        guard count < self.count else { return sorted() }
        var taken: [Placed] = []
        guard count > 0 else { return taken }
        for item in self {
            guard taken.count == count else {
                taken.insert(item, at: taken.indices.firstPlace { item < taken[$0] })
                continue
            }
            guard item < taken[count - 1] else { continue }
            taken.removeLast()
            taken.insert(item, at: taken.indices.firstPlace { item < taken[$0] })
        }
        return taken
    }

    /// Those that come after a place.
    package func after(_ start: Placed) -> [Placed] { filter { start < $0 } }
}

/// Items of accounts in an order: each is made only when somebody looks at it.
package struct Ranked<Element: Sendable>: Sendable {
    private let items: [Placed]
    private let element: @Sendable (Placed) -> Element

    package init(_ items: [Placed], _ element: @escaping @Sendable (Placed) -> Element) {
        self.items = items
        self.element = element
    }

    package var count: Int { items.count }
    package var isEmpty: Bool { items.isEmpty }
    /// In no order.
    package var places: [Placed] { items }

    package func first(_ count: Int) -> [Element] { items.first(count).map(element) }
    package var all: [Element] { first(items.count) }
    package subscript(item: Placed) -> Element { element(item) }
}
