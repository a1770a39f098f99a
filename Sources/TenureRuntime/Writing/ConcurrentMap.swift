import Dispatch
import Foundation
import Synchronization

/// How many cores there are to work on.
package let coreCount = max(1, ProcessInfo.processInfo.activeProcessorCount)

/// Maps independent things on all cores, a grain at a time, and returns the results in their order; a few are mapped
/// here and now.
///
/// For pure work that the caller's own thread waits for: never call it on the cooperative pool.
package func concurrentMap<Element: Sendable, Mapped: Sendable>(
    _ elements: [Element], grain: Int, _ transform: @Sendable (Element) -> Mapped
) -> [Mapped] {
    concurrentMap(elements, grain: grain, among: Array(repeating: (), count: coreCount)) { transform($1) }
}

/// The same among workers, each with something of its own; the first one takes what is few.
package func concurrentMap<Worker: Sendable, Element: Sendable, Mapped: Sendable>(
    _ elements: [Element], grain: Int, among workers: [Worker], _ transform: @Sendable (Worker, Element) -> Mapped
) -> [Mapped] {
    guard let first = workers.first else { return [] }
    guard elements.count >= 2 * grain, workers.count > 1 else { return elements.map { transform(first, $0) } }
    let count = (elements.count + grain - 1) / grain
    let parts = Mutex(Array(repeating: [Mapped](), count: count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: workers.count) { worker in
        while case let number = next.add(1, ordering: .relaxed).oldValue, number < count {
            let part = elements[number * grain..<min(elements.count, (number + 1) * grain)]
                .map { transform(workers[worker], $0) }
            parts.withLock { $0[number] = part }
        }
    }
    return parts.withLock { $0 }.flatMap(\.self)
}
