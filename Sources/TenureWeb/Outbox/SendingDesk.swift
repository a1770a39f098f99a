import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// What a person decides of everything that leaves: whether anything does, to whom, and to whom not.
struct SendingDesk: Sendable {
    let workspace: Workspace
    let author: String

    static let reasonBytesMax = 500

    func stop(reason: String) async throws { try await set(OutgoingRules.stopSetting, try order(reason).text) }
    func resume() async throws { try await set(OutgoingRules.stopSetting, nil) }

    func redirect(to address: String) async throws {
        try await set(OutgoingRules.testSetting, try TypedFields.address(address))
    }
    func endRedirection() async throws { try await set(OutgoingRules.testSetting, nil) }

    func suppress(_ address: String, reason: String) async throws {
        let address = try TypedFields.address(address)
        try await set(OutgoingRules.suppressionSetting(address), try order(reason).text)
    }
    func allow(_ address: String) async throws { try await set(OutgoingRules.suppressionSetting(address), nil) }

    /// In place of what held before, also for messages that wait already.
    func limit(_ readership: Readership, _ limits: OutgoingLimits) async throws {
        try await workspace.write { $0.settings = limits.settings(readership) }
        try await workspace.reconsiderLimited("limits were changed by \(author)")
    }

    private func order(_ reason: String) throws -> StandingOrder {
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= Self.reasonBytesMax else {
            throw Problem(.validationFailed, "A reason of 1 to \(Self.reasonBytesMax) bytes is needed.")
        }
        return StandingOrder(by: author, at: workspace.now, reason: reason)
    }

    private func set(_ name: String, _ value: String?) async throws {
        try await workspace.write { $0.settings = [(name: name, value: value)] }
    }
}
