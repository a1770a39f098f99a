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
        try check(address)
        try await set(OutgoingRules.testSetting, address)
    }
    func endRedirection() async throws { try await set(OutgoingRules.testSetting, nil) }

    func suppress(_ address: String, reason: String) async throws {
        try check(address)
        try await set(OutgoingRules.suppressionSetting(address), try order(reason).text)
    }
    func allow(_ address: String) async throws { try await set(OutgoingRules.suppressionSetting(address), nil) }

    private func order(_ reason: String) throws -> StandingOrder {
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= Self.reasonBytesMax else {
            throw Problem(.validationFailed, "A reason of 1 to \(Self.reasonBytesMax) bytes is needed.")
        }
        return StandingOrder(by: author, at: workspace.now, reason: reason)
    }

    /// As much of an address as decides where a mail goes; the mail server judges the rest.
    private func check(_ address: String) throws {
        let parts = address.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
        let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>,;\"\\()".utf8.contains($0) }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254, isPlain else {
            throw Problem(.validationFailed, "An address is due, as in ada@vendor.example.")
        }
    }

    private func set(_ name: String, _ value: String?) async throws {
        try await workspace.write { $0.settings = [(name: name, value: value)] }
    }
}
