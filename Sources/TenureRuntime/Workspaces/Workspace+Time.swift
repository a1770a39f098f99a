import Dispatch
import Logging
import Synchronization
import TenureAuthoring
package import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureStore

extension Workspace {
    /// Lets time pass: wakes accounts that are due, one bounded block at a time. Returns when the next one is due.
    package func tick() async -> Instant? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.tickOnce()) }
        }
    }

    private func tickOnce() -> Instant? {
        guard fence == nil, !isRetired else { return nil }
        do {
            guard try findsRoom() else { return nil }
            try finishUnfinished()
            // Read once: whoever is due is so for both questions, and finds nothing waiting.
            let now = max(clock(), writer.withLock { $0.lastNow })
            if isGatheringOver(now: now) { try inTurn(endGathering) }
            // Mostly nobody is due, and that is known without a turn.
            if isAnybodyDue(by: now), let block = try inTurn({ try wakeDue(by: now) }) { publish(block) }
            return writer.withLock { $0.nextDue() }
        } catch {
            fail([], error)
            return nil
        }
    }

    private func wakeDue(by now: Instant) throws -> LogBlock? {
        try writer.withLock { writer in
            guard let block = try writer.tick(now: now) else { return nil }
            try writer.process(block)
            return block
        }
    }

    /// After a write found no room: a small real one tells whether there is some again.
    private func findsRoom() throws -> Bool {
        guard isFull else { return true }
        guard hasRoom() else { return false }
        try finishUnfinished()
        try commitRows { _ in }
        setFull(false)
        logger.notice("There is room again; writing goes on", metadata: ["workspace": "\(id)"])
        return true
    }

    func setFull(_ isFull: Bool) { published.withLock { $0.isFull = isFull } }

    /// Gives back the room that the store needs no longer, unless somebody waits for the writer; false then.
    package func tidy() async -> Bool {
        guard backlog == 0, !isFull else { return false }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.tidyOnce()) }
        }
    }

    private func tidyOnce() -> Bool {
        guard !isRetired else { return false }
        do {
            try store.tidy()
            return true
        } catch {
            fail([], error)
            return false
        }
    }

    /// Returns when what was handed in before has been taken, and concluded on unless it waits for more.
    package func settled() async { await after(queue) {} }

    /// Takes no more, finishes what waits and saves every account, so that the next start replays nothing.
    package func close() async {
        mailbox.withLock { $0.isClosed = true }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            queue.async {
                do {
                    // States run ahead of a commit that has not succeeded: they are saved only behind it.
                    try self.guarding {
                        try self.finishUnfinished()
                        try self.endGathering()
                        try self.writer.withLock { try $0.saveAll() }
                    }
                } catch {
                    self.logger.error("Could not save on closing", metadata: ["error": "\(error)"])
                }
                continuation.resume()
            }
        }
    }
}

// MARK: - Going

extension Workspace {
    /// Whether it is gone while the process goes on.
    package var isRetired: Bool { published.withLock { $0.isRetired } }

    func requireOpen() throws {
        if isRetired { throw WriterRefusal.shuttingDown }
    }

    /// Closes it while the process goes on: when this returns, nobody reads or writes its files any more.
    package func retire() async {
        await close()
        await after(queue) { self.published.withLock { $0.isRetired = true } }
        for queue in [readers, archive, makers] { await after(queue) {} }
    }

    /// Runs it once everything before has run.
    private func after(_ queue: DispatchQueue, _ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            queue.async(flags: .barrier) {
                body()
                continuation.resume()
            }
        }
    }
}
