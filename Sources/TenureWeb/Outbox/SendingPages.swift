import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// The page with the kill switch, the test recipient and the addresses that nothing is sent to.
enum SendingPages {
    static let routes: [Route] = [
        .page(Links.sending) { call, visitor in
            let found = try await visitor.workspace.read {
                (try OutgoingRules($0), try OutgoingRules.suppressions($0), try OutgoingLimits.all($0))
            }
            let model = SendingPage(
                shell: try await Shell("Sending", visitor, call.house), formToken: visitor.session.formToken, found.0,
                found.1, found.2, visitor.workspace.programme.defaultZoneRules)
            return try Templates.page("sending", model)
        },
        form("/stop") { try await $0.stop(reason: $1["reason"] ?? "") },
        form("/resume") { desk, _ in try await desk.resume() },
        form("/test-recipient") { try await $0.redirect(to: $1["address"] ?? "") },
        form("/real-recipients") { desk, _ in try await desk.endRedirection() },
        form("/suppressions") { try await $0.suppress($1["address"] ?? "", reason: $1["reason"] ?? "") },
        form("/suppressions/end") { try await $0.allow($1["address"] ?? "") },
    ] + Readership.allCases.map { readership in
        form("/limits/" + readership.rawValue) { try await $0.limit(readership, OutgoingLimits($1)) }
    }

    private static func form(
        _ path: String, _ take: @escaping @Sendable (SendingDesk, NamedTexts) async throws -> Void
    ) -> Route {
        .form(Links.sending + path) { _, visitor, fields in
            try await take(SendingDesk(workspace: visitor.workspace, author: visitor.session.teammate), fields)
            return .seeOther(Links.sending)
        }
    }
}
