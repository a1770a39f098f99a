import Dispatch
import Synchronization

/// Maps independent things on all cores, a grain at a time, and returns the results in their order; a few are mapped
/// here and now.
///
/// For pure work that the caller's own thread waits for: never call it on the cooperative pool.
package func concurrentMap<Element: Sendable, Mapped: Sendable>(
    _ elements: [Element], grain: Int, _ transform: @Sendable (Element) -> Mapped
) -> [Mapped] {
    guard elements.count >= 2 * grain else { return elements.map(transform) }
    let count = (elements.count + grain - 1) / grain
    let parts = Mutex(Array(repeating: [Mapped](), count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
        let part = elements[number * grain..<min(elements.count, (number + 1) * grain)].map(transform)
        parts.withLock { $0[number] = part }
    }
    return parts.withLock { $0 }.flatMap(\.self)
}
