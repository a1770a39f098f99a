package import TenureCore
import TenureStore

extension Workspace {
    /// Blocks that take in what waits; each holds thousands of events.
    private static let roundsMax = 1_000

    /// What waits in quarantine under a sender's name enters as the account's, and what comes later as well. It has
    /// entered when this returns.
    package func adopt(_ subject: String, by account: AccountID) async throws {
        try await onWriter { writer, _ in
            try writer.adopt(subject, by: account)
            return (block: nil, value: ())
        }
        try await letIn(subject)
    }

    /// Returns when nothing waits under the name any more.
    func letIn(_ subject: String) async throws {
        for _ in 0..<Self.roundsMax {
            guard try await waits(subject) else { return }
            _ = try await perform([])
        }
    }

    private func waits(_ subject: String) async throws -> Bool {
        try await read { try !$0.quarantine(subject: subject, after: 0, limit: 1).isEmpty }
    }
}
