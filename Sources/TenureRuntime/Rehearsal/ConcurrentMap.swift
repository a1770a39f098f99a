import Dispatch
import Synchronization

/// Maps independent things among workers, each on a core and with something of its own, and returns the results in their
/// order.
///
/// For long pure work that the caller's own thread waits for: never call it on the cooperative pool.
package func concurrentMap<Worker: Sendable, Element: Sendable, Mapped: Sendable>(
    _ elements: [Element], among workers: [Worker], _ transform: @Sendable (Worker, Element) -> Mapped
) -> [Mapped] {
    let results = Mutex([Int: Mapped]())
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: workers.count) { worker in
        while case let place = next.add(1, ordering: .relaxed).oldValue, place < elements.count {
            let mapped = transform(workers[worker], elements[place])
            results.withLock { $0[place] = mapped }
        }
    }
    let byPlace = results.withLock { $0 }
    return elements.indices.compactMap { byPlace[$0] }
}
