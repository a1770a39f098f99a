import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// Messages that imported history would have sent, newest first; derived from the signals that it withheld.
struct WithheldList: Sendable {
    let messages: [WithheldMessage]
    /// Whether no older signals had to be left out.
    let isComplete: Bool

    private static let decisionsMax = 50_000

    static func read(_ workspace: Workspace) async throws -> WithheldList {
        try await workspace.wholeView("withheld") { workspace, store in
            let decisions = try store.withheldSignals(limit: decisionsMax).map { try Decision(bytes: $0.bytes) }
            let messages = WithheldMessage.all(decisions.reversed(), workspace.programme)
            return WithheldList(messages: messages.reversed(), isComplete: decisions.count < decisionsMax)
        }.value
    }
}
