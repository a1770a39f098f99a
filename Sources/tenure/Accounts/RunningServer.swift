import TenureConnectors
import TenureCore
import TenureRuntime
import TenureWeb

extension DirectoryOptions {
    /// Asks the server that owns the directory over its API; or, when none runs, works in this process.
    func answer(
        ask: (path: String, body: JSON), here: (Workspace) async throws -> JSON
    ) async throws -> JSON {
        try await answer({ try await $0.post(ask.path, ask.body) }, here: here)
    }

    /// The same for any method.
    func answer(
        _ ask: (RunningServer) async throws -> JSON, here: (Workspace) async throws -> JSON
    ) async throws -> JSON {
        do {
            return try await withWorkspace(here)
        } catch let failure as Failure where failure.code == "data-in-use" {
            return try await ask(RunningServer(self))
        }
    }
}

/// The server that owns a data directory, asked with the key that it left there for its owner.
struct RunningServer {
    private let url: String
    private let key: String

    init(_ options: DirectoryOptions) throws {
        let entries = Announcement.read(options.data)
        let slug = options.workspace ?? (entries.count == 1 ? entries.keys.first : nil)
        guard let slug, let entry = entries[slug], let url = Announcement.url(options.data) else {
            throw Failure(
                code: "which-workspace",
                what: "The server of \(options.data) has \(entries.count) workspaces.",
                remedy: "Choose one with --workspace: \(entries.keys.sorted().joined(separator: ", ")).")
        }
        self.url = url
        key = entry.apiKey
    }

    /// A plan over a long past takes its time.
    private static let secondsMax = 600

    /// A name as one part of a path.
    static func path(_ name: String) -> String { PercentCoding.encode(name) }

    func post(_ path: String, _ body: JSON) async throws -> JSON {
        try read(try await answered { try await call(path).post(json: body.bytes) })
    }

    func delete(_ path: String, _ body: JSON) async throws -> JSON {
        try read(try await answered { try await call(path).delete(json: body.bytes) })
    }

    func get(_ path: String) async throws -> JSON {
        try read(try await answered { try await call(path).get() })
    }

    private func call(_ path: String) -> ServerCall {
        ServerCall(url + "/api/v1/" + path, key: key, secondsMax: Self.secondsMax)
    }

    private func answered(_ call: () async throws -> ServerCall.Answer) async throws -> ServerCall.Answer {
        do {
            return try await call()
        } catch let unanswered as ServerCall.Unanswered {
            throw Failure(
                code: "no-answer", what: "\(url) gave no answer: \(unanswered.reason).",
                remedy: "Is the server still running? Its log says what it is doing.")
        }
    }

    private func read(_ response: ServerCall.Answer) throws -> JSON {
        var limits = JSONReader.Limits()
        limits.stringBytes = 1 << 20
        guard case .success(let answer) = JSONReader.read(response.body, limits: limits) else {
            throw Failure(
                code: "no-answer", what: "\(url) did not answer as a Tenure server does.",
                remedy: "Is it this version of Tenure?")
        }
        guard (200..<300).contains(response.status) else {
            throw Failure(
                code: answer.object?["code"]?.string ?? "refused",
                what: answer.object?["detail"]?.string ?? "Refused.",
                remedy: "The running server of this directory refused it; nothing was changed.")
        }
        return answer
    }
}
