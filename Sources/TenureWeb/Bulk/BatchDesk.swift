import Synchronization
import TenureCore
import TenureEngine
import TenureRuntime

/// Carries a batch out: commands of single accounts, in blocks, so that the engine judges each.
struct BatchDesk: Sendable {
    let workspace: Workspace
    let author: String

    /// Commands of one block: others get their turn in between.
    private static let blockMax = 200
    /// Batches that are being carried out.
    private static let busy = Mutex(Set<String>())

    func draft(_ action: Batch.Action, at accounts: [AccountID]) async throws -> Batch {
        let id = hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) })
        let batch = Batch(id: id, by: author, at: workspace.now, action: action, accounts: accounts)
        try await Batches(workspace: workspace).keep(batch)
        return batch
    }

    /// What was confirmed before is not carried out again; one that ended half-way is finished.
    func carryOut(_ batch: Batch, page: String) async throws {
        guard batch.result == nil, Self.busy.withLock({ $0.insert(batch.id).inserted }) else { return }
        defer { Self.busy.withLock { $0.subtract([batch.id]) } }
        // Another request may have finished it since the batch was read.
        guard let known = try await Batches(workspace: workspace)[batch.id], known.result == nil else { return }
        let begun = try await begin(known)
        try await finish(begun, page: page)
    }

    private func begin(_ batch: Batch) async throws -> Batch {
        guard batch.begun == nil else { return batch }
        var begun = batch
        begun.begun = .init(at: workspace.now, owners: owners(batch))
        try await Batches(workspace: workspace).keep(begun)
        return begun
    }

    private func owners(_ batch: Batch) -> [AccountID: String] {
        guard case .handOver(let role, _) = batch.action else { return [:] }
        let named = batch.accounts.compactMap { id in
            workspace.account(id.text)?.observations.profile[role]?.string.map { (id, $0) }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    private func finish(_ batch: Batch, page: String) async throws {
        let team = try await Team(of: workspace)
        let plan = BatchPlan(batch, in: workspace, team)
        var skipped = plan.skipped.filter { undoing(batch, $0.item.account) == nil }.map {
            Receipt.Left(account: $0.item.account.id, reason: $0.reason)
        }
        let taken = plan.taken.map(\.item.account)
        for start in stride(from: 0, to: taken.count, by: Self.blockMax) {
            skipped += try await perform(batch, Array(taken[start...].prefix(Self.blockMax)))
        }
        let undoings = batch.accounts.compactMap { id in workspace.account(id.text).flatMap { undoing(batch, $0) } }
        let receipt = Receipt(
            id: batch.id, by: batch.by, at: workspace.now, page: page,
            words: batch.told(of: undoings.count, workspace.programme.programme, team), undoings: undoings)
        try await Receipts(workspace: workspace).keep(receipt)
        var done = batch
        done.result = .init(done: undoings.map(\.account), skipped: skipped)
        try await Batches(workspace: workspace).keep(done)
    }

    /// Those that the engine refused.
    private func perform(_ batch: Batch, _ accounts: [AccountState]) async throws -> [Receipt.Left] {
        let desk = CommandDesk(workspace: workspace, author: author)
        let arrivals = try accounts.flatMap { account in
            let id = "batch-" + workspace.keys.name("batch", "\(batch.id)\0\(account.id)")
            let (command, object, parameters) = batch.action.command
            return try desk.arrivals(command, object, at: account, parameters: parameters, id: id).arrivals
        }
        let answers = arrivals.isEmpty ? [] : try await workspace.perform(arrivals)
        return zip(accounts, answers).compactMap { account, answer in
            guard case .refused(let code) = answer else { return nil }
            return .init(account: account.id, reason: Refusal.Reason(rawValue: code)?.words ?? code)
        }
    }

    /// What the batch did at an account, as far as it is still to be seen; nil: nothing.
    private func undoing(_ batch: Batch, _ account: AccountState) -> Undoing? {
        guard let begun = batch.begun else { return nil }
        switch batch.action {
        case .handOver(let role, let person):
            let before = begun.owners[account.id]
            guard let known = account.observations.profile.latest(role), known.value.string.map({ isSame($0, person) }) == true,
                known.version.occurred >= begun.at, before.map({ !isSame($0, person) }) ?? true
            else { return nil }
            return .owner(account.id, role: role, person: person, at: known.version.occurred, before: before)
        case .start(let play):
            let run = account.conclusions.lastRun(of: play)
            guard let run, run.started >= begun.at, isSame(run.cause, "person:" + author) else { return nil }
            return .start(account.id, play: play, number: run.number)
        }
    }
}
