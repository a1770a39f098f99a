import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore

/// The outbox and what rules it, for programs.
enum OutboxRoutes {
    static let all: [Route] = [
        .read("/outbox") { try await OutboxDocuments.page($0) },
        .read("/outbox/withheld") { try await OutboxDocuments.withheld($0) },
        .read("/outbox/{key}") { try await OutboxDocuments.one($0) },
        Route(.post, "/api/v1/outbox/{key}/release") { try await OutboxDocuments.release(APICall($0)) },
        Route(.post, "/api/v1/outbox/{key}/discard") { try await OutboxDocuments.discard(APICall($0)) },
        .read("/sending") { try await answer($0) },
        rule(.put, "/stop", needing: "reason") { desk, reason, _ in try await desk.stop(reason: reason) },
        rule(.delete, "/stop") { desk, _, _ in try await desk.resume() },
        rule(.put, "/test-recipient", needing: "address") { desk, address, _ in try await desk.redirect(to: address) },
        rule(.delete, "/test-recipient") { desk, _, _ in try await desk.endRedirection() },
        rule(.put, "/suppressions/{address}", needing: "reason") { desk, reason, call in
            try await desk.suppress(call["address"], reason: reason)
        },
        rule(.delete, "/suppressions/{address}") { desk, _, call in try await desk.allow(call["address"]) },
        rule(.delete, "/limits/{whom}") { desk, _, call in try await desk.limit(readership(call), OutgoingLimits()) },
        Route(.put, "/api/v1/sending/limits/{whom}") { call in
            let api = try APICall(call)
            let limits = try OutgoingLimits(try await api.body().0)
            try await SendingDesk(workspace: api.workspace, author: api.principal).limit(readership(call), limits)
            return try await answer(api)
        },
    ]

    private static func readership(_ call: Call) throws -> Readership {
        guard let known = Readership(rawValue: call["whom"]) else {
            throw Problem(.notFound, "Limits are of \(Readership.allCases.map(\.rawValue).joined(separator: " or ")).")
        }
        return known
    }

    /// Answers with all rules as they are then.
    private static func rule(
        _ method: HTTPRequest.Method, _ path: String, needing field: String? = nil,
        _ change: @escaping @Sendable (SendingDesk, String, Call) async throws -> Void
    ) -> Route {
        Route(method, "/api/v1/sending" + path) { call in
            let api = try APICall(call)
            var fields = CommandFields(try await api.body().0)
            let value = field.flatMap { fields.text($0, bytesMax: SendingDesk.reasonBytesMax, required: true) }
            try fields.finish()
            try await change(SendingDesk(workspace: api.workspace, author: api.principal), value ?? "", call)
            return try await answer(api)
        }
    }

    private static func answer(_ api: APICall) async throws -> Answer {
        let (rules, found, limits) = try await api.workspace.read {
            (try OutgoingRules($0), try OutgoingRules.suppressions($0), try OutgoingLimits.all($0))
        }
        return .json([
            "stop": rules.stop?.document ?? .null, "test_recipient": JSON(rules.testRecipient),
            "suppressions": .array(
                found.map { address, order in
                    ["address": .string(address), "by": .string(order.by), "at": .string(order.at.text), "reason": .string(order.reason)]
                }),
            "limits": .object(JSONObject(limits.map { .init($0.rawValue, $1.document) })),
        ])
    }
}

extension StandingOrder {
    fileprivate var document: JSON {
        ["by": .string(by), "at": .string(at.text), "reason": .string(reason)]
    }
}
