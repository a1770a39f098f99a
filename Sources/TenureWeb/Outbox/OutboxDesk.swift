import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// What a person decides of one message. Who, when and what stand in its history.
struct OutboxDesk: Sendable {
    let workspace: Workspace
    /// As facts and pages name who asks.
    let author: String

    func row(_ key: String) async throws -> OutboxRow {
        guard let row = try await workspace.read({ try $0.outbox(key: key) }) else {
            throw Problem(.notFound, "There is no message of this name.")
        }
        return row
    }

    /// A held message goes out, a failed one is tried once more.
    func release(_ key: String) async throws {
        let row = try await row(key)
        guard row.mayBeReleased else {
            throw Problem(.commandRefused, "Only a held or failed message that was rendered can be let go.")
        }
        let approval = (key: key, due: workspace.now, reason: "let go by \(author)")
        try await workspace.write { $0.approvals = [approval] }
    }

    func discard(_ key: String, reason: String) async throws {
        guard try await row(key).mayBeDiscarded else {
            throw Problem(.commandRefused, "Only a message that waits can be discarded.")
        }
        let words = "discarded by \(author)" + (reason.isEmpty ? "" : ": \(reason)")
        try await workspace.write { $0.cancellations = [(key: key, reason: words)] }
    }
}

extension OutboxRow {
    /// What was never rendered has no bytes to send.
    var mayBeReleased: Bool { (state == .held || state == .failed) && !body.isEmpty }
    var mayBeDiscarded: Bool { state == .held || state == .queued }
}
