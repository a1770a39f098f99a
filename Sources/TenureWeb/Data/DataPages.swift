import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore

/// What senders send, for people.
enum DataPages {
    static let routes: [Route] = [
        .page(Links.data) { call, visitor in
            let cursor = try call.query(allowing: ["cursor"]).filled("cursor")
            let model = DataPage(
                shell: try await Shell("Data", visitor, call.house), visitor,
                try await DataReading.read(visitor.workspace, cursor: cursor))
            return try Templates.page("data", model)
        },
        .form(Links.data + "/adoption") { _, visitor, fields in
            try await adopt(fields["subject"] ?? "", by: fields["account"] ?? "", in: visitor.workspace)
            return .seeOther(Links.data + "#waiting")
        },
    ]

    /// What waits under a sender's name belongs to the account from here on.
    static func adopt(_ subject: String, by name: String, in workspace: Workspace) async throws {
        guard let account = workspace.account(name) else {
            throw Problem(.validationFailed, "There is no account called \(name.prefix(200)).")
        }
        let waits = try await workspace.read { try !$0.quarantine(subject: subject, after: 0, limit: 1).isEmpty }
        guard waits else { throw Problem(.notFound, "Nothing waits under this name.") }
        try await workspace.adopt(subject, by: account.id)
    }
}
