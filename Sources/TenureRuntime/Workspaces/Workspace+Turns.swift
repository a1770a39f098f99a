import Dispatch
import Logging
import Synchronization
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureStore

extension Workspace {
    func onQueue(_ body: @escaping @Sendable () -> Void) { queue.async(execute: body) }
    func onArchive(_ body: @escaping @Sendable () -> Void) { archive.async(execute: body) }
    func copyOfWriter() -> Writer { writer.withLock { $0 } }

    /// Runs a change of versions in the order of everything else. A block that it gives puts a version into force: when
    /// this returns, every account has concluded under it.
    func onWriter<Value: Sendable>(
        _ change: @escaping @Sendable (inout Writer, _ now: Instant) throws -> (block: LogBlock?, value: Value)
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            onQueue { continuation.resume(with: Result { try self.inTurn { try self.changeNow(change) } }) }
        }
    }

    private func changeNow<Value>(
        _ change: (inout Writer, _ now: Instant) throws -> (block: LogBlock?, value: Value)
    ) throws -> Value {
        if let fence { throw WriterRefusal.fenced(detail: fence) }
        try requireOpen()
        do {
            try finishUnfinished()
            try endGathering()
            let changed = try writer.withLock { writer in
                let changed = try change(&writer, clock())
                if let block = changed.block { try writer.process(block) }
                return changed
            }
            if let block = changed.block { publishConcluded(block) }
            return changed.value
        } catch let refusal as PublishRefusal {
            throw refusal
        } catch let refusal as MergeRefusal {
            throw refusal
        } catch StorageFailure.full {
            setFull(true)
            throw WriterRefusal.storageFull
        } catch {
            fail([], error)
            throw error
        }
    }

    /// Readers go over to the new version with all accounts at once.
    func publishVersion(_ block: LogBlock) {
        let (accounts, programme, now) = writer.withLock { ($0.accounts.all, $0.programme, $0.lastNow) }
        accountRows.change(accounts.lazy.map { ($0.key, $0.value) }, programme, now: now)
        published.withLock { published in
            published.accounts = accounts
            published.programme = programme
            published.eventCheck = EventCheck(programme.programme)
        }
        records.withLock { $0 = nil }
        views.withLock { $0 = WholeViews() }
        publish(block)
        let changes = published.withLock { $0.changes }
        for change in changes { change(accounts.keys.sorted()) }
    }
}
