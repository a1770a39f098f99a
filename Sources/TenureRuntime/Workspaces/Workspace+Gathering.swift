import Dispatch
import Synchronization
import TenureCore
import TenureEngine
import TenureStore

extension Workspace {
    /// Whether what the letters bring may wait for more. A person who commands waits for the turn.
    func mayWait(_ letters: [Mailbox.Letter]) -> Bool {
        letters.allSatisfy { !$0.isCommand } && ContinuousClock.now < gatheringEnd.withLock { $0 }
            && writer.withLock { $0.gathered.hasRoom }
    }

    /// Sets it aside, until the next block that does not wait, or until it has waited for long enough.
    func gather(_ block: LogBlock, bytes: Int) {
        let isFirst = writer.withLock { writer in
            defer { writer.gathered.add(block, bytes: bytes) }
            return writer.gathered.block == nil
        }
        guard isFirst else { return }
        let left = gatheringEnd.withLock { $0 } - ContinuousClock.now
        queue.asyncAfter(deadline: .now() + left / .seconds(1)) { [weak self] in self?.endGatheringNow() }
    }

    var isGathering: Bool { writer.withLock { $0.gathered.block != nil } }

    private func endGatheringNow() {
        guard fence == nil, !isFull, ContinuousClock.now >= gatheringEnd.withLock({ $0 }) else { return }
        do {
            try finishUnfinished()
            if isGathering { try inTurn(endGathering) }
        } catch {
            fail([], error)
        }
    }

    /// What waits has its turns now. Called before anything that is not the next batch.
    func endGathering() throws {
        guard let block = try writer.withLock({ try $0.endGathering() }) else { return }
        _ = try conclude(block)
    }

    /// A turn never passes over an instant at which something was due: what was there before belongs before it.
    func endGathering(before now: Instant) throws {
        let isDue = writer.withLock { $0.gathered.block != nil && ($0.nextDue().map { $0 <= now } ?? false) }
        if isDue { try endGathering() }
    }

    /// The turns of a block and of all that waited for it; what the programme refused of it.
    func conclude(_ block: LogBlock) throws -> [Refusal] {
        let began = ContinuousClock.now
        let (whole, refusals) = try writer.withLock { writer in
            let whole = writer.gathered.joined(block)
            return (whole, try writer.process(whole))
        }
        publish(whole)
        let ended = ContinuousClock.now
        gatheringEnd.withLock { $0 = ended + patience.wait(ended - began) }
        return refusals
    }
}
