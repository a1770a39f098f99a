import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// A recipient's way out, without signing in: one POST, as mail readers send it (RFC 8058). Looking at the page changes
/// nothing, so that a mail scanner takes nobody off.
enum Unsubscribing {
    private static let path = "/unsubscribe/{workspace}/{account}/{contact}/{token}"

    static let routes: [Route] = [
        Route(.get, path, for: .person) { call in
            _ = try find(call)
            return try page(action: call.path)
        },
        Route(.post, path, for: .person) { call in
            let (workspace, link) = try find(call)
            _ = try await call.incoming.body(WebLimits.formBytesMax)
            try await suppress(link, in: workspace)
            return try page(action: nil)
        },
    ]

    private static func page(action: String?) throws -> Answer {
        try Templates.page("unsubscribe", UnsubscribePage(shell: Shell("Unsubscribe"), action: action))
    }

    private static func find(_ call: Call) throws -> (Workspace, UnsubscribeLink) {
        guard let workspace = call.house.workspace(WorkspaceID(call["workspace"])),
            let link = UnsubscribeLink(account: call["account"], contactCode: call["contact"]),
            sameSecret(call["token"], link.token(workspace.keys))
        else { throw Problem(.notFound, "This link leads nowhere.") }
        return (workspace, link)
    }

    /// The address, wherever it stands: the same person may be known at several accounts.
    private static func suppress(_ link: UnsubscribeLink, in workspace: Workspace) async throws {
        let found = try await workspace.read { store -> (address: String, isKnown: Bool)? in
            guard let contact = try store.contact(account: link.account, key: link.contact), !contact.email.isEmpty else {
                return nil
            }
            return (contact.email, try OutgoingRules.suppression(of: contact.email, store) != nil)
        }
        guard let found, !found.isKnown else { return }
        let order = StandingOrder(by: "the recipient", at: workspace.now, reason: "unsubscribed")
        try await workspace.write {
            $0.settings = [(name: OutgoingRules.suppressionSetting(found.address), value: order.text)]
        }
    }
}

/// The action is nil once it is done.
struct UnsubscribePage {
    let shell: Shell
    let action: String?
}
