import TenureCore
import TenureStore

/// The store of one process, whose commits are whole or not there, unless a bug is planted.
final class SwarmStore: StoreInFront {
    private let disk: SwarmDisk
    private let process: Int

    init(_ disk: SwarmDisk, _ process: Int) {
        self.disk = disk
        self.process = process
    }

    func behind() throws -> any StateStore {
        try disk.requireRunning(process)
        return disk.store
    }

    func commit(_ commit: Commit) throws {
        let store = try behind()
        if disk.happens(.storeFull) { throw StorageFailure.full(path: "swarm") }
        if disk.happens(.cutBeforeCommit) { return try goDown(in: commit, store) }
        if disk.happens(.storeFails) {
            // Nobody knows whether it is there.
            if disk.below(2) == 0 { try store.commit(commit) }
            throw StorageFailure.failed(path: "swarm", detail: "input/output error")
        }
        try store.commit(commit)
        if disk.happens(.cutAfterCommit) { try goDown() }
    }

    private func goDown(in commit: Commit, _ store: any StateStore) throws {
        if let half = disk.plant?.half(of: commit, committed: try store.committedPosition()) { try store.commit(half) }
        try goDown()
    }

    private func goDown() throws {
        disk.cut()
        throw ProcessGone()
    }

    func settle(_ settlements: [OutboxSettlement]) throws {
        let store = try behind()
        if disk.happens(.settlementFails) {
            // What was sent will be sent again: nobody wrote down that it was.
            for settlement in settlements { disk.allowAgain(settlement.key) }
            throw StorageFailure.full(path: "swarm")
        }
        if disk.plant == .settlementsForgotten, disk.below(10) == 0 { return }
        try store.settle(settlements)
    }

    func setting(_ name: String) throws -> String? {
        let store = try behind()
        switch (disk.plant, name) {
        case (.stopOverlooked, "outgoing.stop"): return nil
        case (.restartTooLate, "restart"): return disk.withFiles { $0.newestPoint }
        default: return try store.setting(name)
        }
    }

    func quarantine(subject: String?, after: Int64, limit: Int) throws -> [QuarantineRow] {
        let rows = try behind().quarantine(subject: subject, after: after, limit: limit)
        return disk.plant == .quarantineOverlooked && subject == nil ? [] : rows
    }

    func claimOutbox(due: Instant, limit: Int) throws -> [OutboxRow] {
        var rows = try behind().claimOutbox(due: due, limit: limit)
        if disk.plant == .newMessageIDs {
            for index in rows.indices where rows[index].attempts > 0 { rows[index].messageID += ".again" }
        }
        return rows
    }
}

extension Plant {
    /// What is on the disk of a commit in whose midst the power goes; nil: nothing, as promised.
    fileprivate func half(of commit: Commit, committed: UInt64) -> Commit? {
        switch self {
        case .statesWithoutPosition:
            var half = Commit(position: committed, now: commit.now)
            half.checkpoints = commit.checkpoints
            return half
        case .messagesOutsideCommit:
            var half = commit
            half.outbox = []
            return half
        default: return nil
        }
    }
}
