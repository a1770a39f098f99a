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

/// Two things that need nothing of each other; both are done when it returns.
///
/// The second runs on the caller's own thread, so that it may use `concurrentMap`, which among its own workers would run
/// on one core. Like that for work that the caller waits for.
func both<First: Sendable, Second: Sendable>(
    _ first: @escaping @Sendable () throws -> First, _ second: () throws -> Second
) throws -> (First, Second) {
    let result = Mutex<Result<First, any Error>?>(nil)
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
        let found = Result(catching: first)
        result.withLock { $0 = found }
    }
    let second = Result(catching: second)
    group.wait()
    guard let first = result.withLock({ $0 }) else { throw CancellationError() }
    return (try first.get(), try second.get())
}

/// Reads on the caller's own thread while what was read is taken on another, in its order.
///
/// At most a few hundred elements wait to be taken.
///
/// - Parameters:
///   - read: hands each element on; throws what it throws once everything that it read has been taken.
func readAhead<State: Sendable, Element: Sendable>(
    _ state: State, _ read: (_ take: (Element) -> Void) throws -> Void,
    taking: @escaping @Sendable (inout State, Element) -> Void
) throws -> State {
    let state = Mutex(state)
    let room = DispatchSemaphore(value: 256)
    let queue = DispatchQueue(label: "tenure.read-ahead")
    let result = Result {
        try read { element in
            room.wait()
            queue.async {
                state.withLock { taking(&$0, element) }
                room.signal()
            }
        }
    }
    queue.sync {}
    try result.get()
    return state.withLock { $0 }
}
