import Logging
import Synchronization
import TenureCore
import Testing

@testable import TenureInsight
@testable import TenureRuntime

/// What people see of all accounts is the same after a merge, and after its undoing, as after a start.
struct MergedViewsTests {
    private func workspace(_ writer: Writer, now: Instant) -> Workspace {
        Workspace(
            writer: writer, clock: { now }, patience: .none, onFatal: { Issue.record("ended by \($0)") }, logger: Logger(label: "test"))
    }

    private func seen(_ workspace: Workspace) async throws -> [String] {
        let overview = try await workspace.overview()
        let (table, then) = (workspace.table(), Overview.monday(workspace.programme, now: workspace.now).start)
        let past = workspace.pastMonths.withLock { $0.past(table, then: then) }
        let rows = try table.rows.sorted { $0.id < $1.id }.map { row in
            "\(row.id) \(row.report.name) \(row.signals.count) \(past[try #require(table.slot(of: row.id))])"
        }
        return rows + ["\(overview.customers.count) \(overview.quiet)", "\(workspace.accountCount)"]
    }

    @Test func `lists and the first page are those of a fresh start`() async throws {
        var merged = try MergedWorkspace()
        let (part, survivor) = (merged.accounts[1], merged.accounts[4])
        let now = merged.now
        let running = workspace(merged.lived.writer, now: now)
        let before = try await seen(running)
        try await running.merge(part, into: survivor, MergeTerms(taken: [], kept: ["name"]), by: "ada")
        #expect(running.rows().count == 5 && running.accounts().count == 5 && running.table().slot(of: part) == nil)
        #expect(try await seen(running) == seen(workspace(try merged.restarted(), now: now)))
        // Said again, nothing happens.
        let position = running.position
        try await running.merge(part, into: survivor, MergeTerms(taken: [], kept: []), by: "ada")
        #expect(running.position == position)
        try await running.undoMerge(of: part, from: survivor, by: "ada")
        #expect(try await seen(running) == seen(workspace(try merged.restarted(), now: now)))
        #expect(try await seen(running).count == before.count)
        merged.now = now
    }
}
