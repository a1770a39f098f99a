import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Where the work of one workspace is done: pieces of tasks that run with it as their preferred executor, and the writer's
/// blocks. Each piece is measured by the processor time of its thread.
package final class Lane: TaskExecutor {
    private let share: FairShare
    private let number: Int
    /// Threads of those that take turns, so that nobody stands behind them in the pool of all.
    private static let heavyPool = DispatchQueue(label: "tenure.turns", attributes: .concurrent)

    init(_ share: FairShare, _ number: Int) {
        self.share = share
        self.number = number
    }

    deinit { share.forget(number) }

    /// Whether work has to go through it.
    package var isNeeded: Bool { share.isNeeded }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        share.enter(number) { takesTurns in
            (takesTurns ? Self.heavyPool : DispatchQueue.global()).async {
                self.measure(takesTurns) { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
            }
        }
    }

    /// Blocks until it is this lane's turn, and takes it. Who holds what another piece of the lane needs must not call it.
    func turn<Value>(_ body: () throws -> Value) rethrows -> Value {
        let begun = Begun()
        share.enter(number) { begun.tell($0) }
        return try measure(begun.wait(), body)
    }

    private func measure<Value>(_ takesTurns: Bool, _ body: () throws -> Value) rethrows -> Value {
        let began = Self.processorNanoseconds
        defer {
            let spent = Self.processorNanoseconds
            share.leave(number, tookTurns: takesTurns, spent: spent > began ? spent - began : 0)
        }
        return try body()
    }

    /// Of this thread.
    private static var processorNanoseconds: UInt64 {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return 0 }
        return UInt64(clamping: time.tv_sec) * 1_000_000_000 + UInt64(clamping: time.tv_nsec)
    }
}

/// Tells a thread that waits that its turn has come.
private final class Begun: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let takesTurns = Atomic<Bool>(false)

    func tell(_ takesTurns: Bool) {
        self.takesTurns.store(takesTurns, ordering: .releasing)
        semaphore.signal()
    }

    func wait() -> Bool {
        semaphore.wait()
        return takesTurns.load(ordering: .acquiring)
    }
}
