package import TenureCore

/// When each account next needs the clock: a binary heap by (instant, id) with lazy removal.
package struct DueQueue: Sendable {
    private struct Entry: Sendable {
        var at: Instant
        var account: AccountID

        func isBefore(_ other: Entry) -> Bool { at != other.at ? at < other.at : account < other.account }
    }

    private var heap: [Entry] = []
    private var current: [AccountID: Instant] = [:]

    mutating func set(_ account: AccountID, _ at: Instant?) {
        guard current[account] != at else { return }
        current[account] = at
        guard let at else { return }
        heap.append(Entry(at: at, account: account))
        siftUp(heap.count - 1)
    }

    /// Whoever is due later is due then.
    mutating func hasten(to at: Instant) {
        current = current.mapValues { min($0, at) }
        heap = current.map { Entry(at: $1, account: $0) }
        for parent in heap.indices.prefix(heap.count / 2).reversed() { siftDown(parent) }
    }

    /// The earliest instant at which anybody is due.
    package mutating func next() -> Instant? {
        dropStale()
        return heap.first?.at
    }

    /// Accounts due by `now`, earliest first, at most `limit`; each is forgotten until it is set again.
    package mutating func take(until now: Instant, limit: Int) -> [AccountID] {
        var taken: [AccountID] = []
        dropStale()
        while let first = heap.first, first.at <= now, taken.count < limit {
            taken.append(first.account)
            current[first.account] = nil
            removeFirst()
            dropStale()
        }
        return taken
    }

    private mutating func dropStale() {
        while let first = heap.first, current[first.account] != first.at { removeFirst() }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown(0)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
