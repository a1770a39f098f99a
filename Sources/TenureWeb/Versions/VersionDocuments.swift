import HTTPTypes
import TenureAuthoring
package import TenureCore
import TenureEngine
import TenureProgramme
package import TenureRuntime
import TenureStore

/// Versions of the programme: what ran, what another one would do, and putting it into force.
package enum VersionDocuments {
    static func list(_ api: APICall) async throws -> Answer { .json(["items": .array(try await all(api.workspace))]) }

    /// Newest first.
    package static func all(_ workspace: Workspace) async throws -> [JSON] {
        let running = workspace.programme.programme.version
        return try await workspace.versions().reversed().map { $0.document(isRunning: $0.number == running) }
    }

    static func plan(_ api: APICall) async throws -> Answer {
        let body = try await VersionBody(api)
        return try await refusing {
            .json(
                try await PlanDocument.make(
                    api.workspace, try api.workspace.load(try body.files()), since: try body.since(api.workspace.now)))
        }
    }

    static func publish(_ api: APICall) async throws -> Answer {
        let body = try await VersionBody(api)
        let (by, reason) = (try body.text("by"), try body.text("reason"))
        return try await refusing {
            let number = try await api.workspace.publish(
                try api.workspace.load(try body.files()), by: by, reason: reason)
            return try await published(number, api)
        }
    }

    static func rollback(_ api: APICall) async throws -> Answer {
        let body = try await VersionBody(api)
        let (by, reason) = (try body.text("by"), try body.text("reason"))
        guard let to = body.object["to"]?.int, let version = Int(exactly: to) else {
            throw Problem(.validationFailed, "to is the number of the version to go back to.")
        }
        return try await refusing {
            let number = try await api.workspace.publish(
                try await api.workspace.version(version), by: by, reason: "Back to version \(version): \(reason)")
            return try await published(number, api)
        }
    }

    private static func published(_ number: Int, _ api: APICall) async throws -> Answer {
        let row = try await api.workspace.versions().last { $0.number == number }
        return .json(row?.document(isRunning: true) ?? .null, status: .created)
    }

    private static func refusing(_ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let mistakes as ProgrammeMistakes {
            throw Problem(.validationFailed, "The programme has mistakes.\n" + mistakes.text)
        } catch PublishRefusal.unchanged(let number) {
            throw Problem(.commandRefused, "The files are those of version \(number), which is running.")
        } catch PublishRefusal.tooManyVersions(let limit) {
            throw Problem(
                .commandRefused,
                "Plays of \(limit) versions are running, which is as many as are kept apart. End plays of the oldest first.")
        } catch PublishRefusal.unknownVersion(let number) {
            throw Problem(.notFound, "There is no version \(number).")
        }
    }
}

extension ProgrammeRow {
    fileprivate func document(isRunning: Bool) -> JSON {
        [
            "version": .int(Int64(number)), "digest": .string(digest), "published": .string(at.text), "by": .string(by),
            "reason": .string(reason), "running": .bool(isRunning),
        ]
    }
}

/// What the calls about versions take: `{"files": [{"path", "text"}], "since", "by", "reason", "to"}`.
private struct VersionBody {
    let object: JSONObject

    private static let filesMax = 2000

    init(_ api: APICall) async throws {
        var limits = JSONReader.Limits()
        limits.stringBytes = 256 * 1024
        guard let object = try await api.call.json(limits).0.object else {
            throw Problem(.validationFailed, "The body must be an object.")
        }
        self.object = object
    }

    func files() throws -> [(path: String, text: String)] {
        guard let items = object["files"]?.array, items.count <= Self.filesMax else {
            throw Problem(.validationFailed, "files is a list of at most \(Self.filesMax) files: {\"path\", \"text\"}.")
        }
        return try items.map { item in
            guard let path = item.object?["path"]?.string, let text = item.object?["text"]?.string else {
                throw Problem(.validationFailed, "Each file has a path and a text.")
            }
            return (path, text)
        }
    }

    func text(_ name: String) throws -> String {
        guard let text = object[name]?.string, !text.isEmpty, text.utf8.count <= 500 else {
            throw Problem(.validationFailed, "\(name) is a text of 1 to 500 bytes: it is kept with the version.")
        }
        return text
    }

    /// A day; without one, the last quarter.
    func since(_ now: Instant) throws -> Instant {
        guard let text = object["since"]?.string else { return now + -91 * Milliseconds.day }
        guard let day = Day(text: text) else {
            throw Problem(.validationFailed, "since is a day such as 2026-03-09.")
        }
        return ZoneRules.utc.instant(day: day)
    }
}
