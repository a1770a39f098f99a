import HTTPTypes
import TenureCore
import TenureRuntime
import TenureStore

/// A command with an `Idempotency-Key` takes effect once; a retry gets the first answer.
struct Idempotency: Sendable {
    let workspace: Workspace
    let principal: String
    /// nil: the client gave none, and each request stands for itself.
    let key: String?
    let requestHash: String

    init(_ call: Call, workspace: Workspace, principal: String, body: [UInt8]) throws {
        self.workspace = workspace
        self.principal = principal
        key = try Self.key(call)
        let request =
            "\(call.method.rawValue) \(call.incoming.target)\n" + String(decoding: body, as: UTF8.self)
        requestHash = AccessKey.hash(request)
    }

    /// How long an answer is given again.
    private static let keptMilliseconds = 48 * Milliseconds.hour

    private static func key(_ call: Call) throws -> String? {
        guard let key = try call.only(.idempotencyKey) else { return nil }
        let isPlain = key.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        guard !key.isEmpty, key.utf8.count <= 255, isPlain else {
            throw Problem(.invalidIdempotencyKey, "An idempotency key has 1 to 255 printable characters.")
        }
        return key
    }

    /// The id of the command's fact.
    var commandID: String {
        if let key { return "command-" + workspace.keys.name("command", principal + "\0" + key) }
        return "command-" + hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// Runs the command unless its answer is known.
    func answer(_ carryOut: (_ id: String) async throws -> Answer) async throws -> Answer {
        guard let key else { return try await carryOut(commandID) }
        if let known = try await stored(key) { return try replay(known) }
        let answer = try await carryOut(commandID)
        try await keep(answer, key)
        return answer
    }

    private func stored(_ key: String) async throws -> IdempotentAnswer? {
        try await workspace.read { [principal] in try $0.idempotentAnswer(principal: principal, key: key) }
    }

    private func replay(_ known: IdempotentAnswer) throws -> Answer {
        guard known.requestHash == requestHash else {
            throw Problem(.idempotencyKeyReused, "This idempotency key belongs to another request.")
        }
        return Answer(
            HTTPResponse.Status(code: known.status), fields: [.contentType: "application/json"],
            body: Array(known.body.utf8))
    }

    private func keep(_ answer: Answer, _ key: String) async throws {
        let row = IdempotentAnswer(
            principal: principal, key: key, requestHash: requestHash, status: answer.status.code,
            body: answer.text,
            at: workspace.now)
        try await workspace.write {
            $0.answers.append(row)
            $0.answersExpiredBefore = row.at + -Self.keptMilliseconds
        }
    }
}
