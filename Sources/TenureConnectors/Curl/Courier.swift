import Foundation
import Synchronization

/// Threads of our own for calls that block, so that the cooperative pool never does. Each destination has its
/// own courier: a peer that hangs delays nobody else. Threads start when there is work and end when there is
/// none.
package final class Courier: Sendable {
    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var threads = 0
    }

    private let state = Mutex(State())
    private let threadsMax: Int

    package init(threadsMax: Int) { self.threadsMax = max(1, threadsMax) }

    /// Runs `job` on one of the threads. The tool is made there, and put away only after the answer went
    /// back: closing a connection politely may take as long as the peer likes.
    package func run<Tool, Answer: Sendable>(
        with tool: @autoclosure @escaping @Sendable () -> Tool, _ job: @escaping @Sendable (Tool) -> Answer
    ) async -> Answer {
        await withCheckedContinuation { continuation in
            enqueue {
                let tool = tool()
                continuation.resume(returning: job(tool))
                withExtendedLifetime(tool) {}
            }
        }
    }

    private func enqueue(_ job: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.jobs.append(job)
            guard state.threads < threadsMax else { return false }
            state.threads += 1
            return true
        }
        if needsThread { Thread.detachNewThread { self.work() } }
    }

    private func work() {
        while let job = next() { job() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.jobs.isEmpty else { return state.jobs.removeFirst() }
            state.threads -= 1
            return nil
        }
    }
}
