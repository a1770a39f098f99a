import Dispatch
import Synchronization
import TenureCore
import TenureEngine
import TenureStore

extension Workspace {
    /// Whether what the letters bring may wait for more. A person who commands waits for the turn.
    func mayWait(_ letters: [Mailbox.Letter]) -> Bool {
        letters.allSatisfy { !$0.isCommand } && isPatient && writer.withLock { $0.gathered.hasRoom }
    }

    private var isPatient: Bool { gathering.withLock { $0 }.contains(patience.now()) }

    /// Sets it aside, until the next block that does not wait, or until it has waited for long enough.
    func gather(_ block: LogBlock, bytes: Int) {
        let isFirst = writer.withLock { writer in
            defer { writer.gathered.add(block, bytes: bytes) }
            return writer.gathered.block == nil
        }
        if isFirst { endLater() }
    }

    private func endLater() {
        let left = gathering.withLock { $0 }.upperBound - patience.now()
        queue.asyncAfter(deadline: .now() + left / .seconds(1)) { [weak self] in self?.endWaiting() }
    }

    private func endWaiting() {
        guard fence == nil, !isFull, writer.withLock({ $0.gathered.block != nil }) else { return }
        do {
            try finishUnfinished()
            if isGatheringOver(now: clock()) { try inTurn(endGathering) } else { endLater() }
        } catch {
            fail([], error)
        }
    }

    /// Whether something waits, and nothing more may come to it: it has waited for long enough, or anybody is due.
    func isGatheringOver(now: Instant) -> Bool {
        writer.withLock { $0.gathered.block != nil } && (!isPatient || isAnybodyDue(by: now))
    }

    /// A turn never passes over an instant at which something was to happen: what was there before belongs before it.
    func separate(before now: Instant) throws {
        if isAnybodyDue(by: now) { try endGathering() }
    }

    func isAnybodyDue(by now: Instant) -> Bool { writer.withLock { $0.nextDue() }.map { $0 <= now } ?? false }

    /// What waits has its turns now.
    func endGathering() throws {
        guard let block = try writer.withLock({ try $0.endGathering() }) else { return }
        _ = try conclude(block)
    }

    /// The turns of a block and of all that waited for it; what the programme refused of it.
    func conclude(_ block: LogBlock) throws -> [Refusal] {
        let began = patience.now()
        let (whole, refusals) = try writer.withLock { writer in
            let whole = writer.gathered.joined(block)
            return (whole, try writer.process(whole))
        }
        publish(whole)
        gathering.withLock { $0 = patience.window(after: began) }
        return refusals
    }
}
