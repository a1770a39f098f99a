import HTTPTypes
import TenureAuthoring
package import TenureCore
import TenureEngine
import TenureProgramme
package import TenureRuntime
import TenureStore

/// Versions of the programme: what ran, what another one would do, and putting it into force.
package enum VersionDocuments {
    static func list(_ api: APICall) async throws -> Answer {
        .json(["items": .array(try await all(api.workspace)), "proposal": try await proposal(api.workspace)])
    }

    /// Newest first.
    package static func all(_ workspace: Workspace) async throws -> [JSON] {
        let running = workspace.programme.programme.version
        return try await workspace.versions().reversed().map { $0.document(isRunning: $0.number == running) }
    }

    /// What waits for approval or was turned down last; null when neither is there.
    package static func proposal(_ workspace: Workspace) async throws -> JSON {
        try await workspace.proposal()?.document(running: workspace.programme.programme.version) ?? .null
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
            let publication = try await api.workspace.publish(
                try api.workspace.load(try body.files()), by: by, reason: reason)
            let document = try await document(publication, api.workspace)
            return switch publication {
            case .inForce: .json(document, status: .created)
            case .waiting: .json(document, status: .accepted)
            }
        }
    }

    static func approve(_ api: APICall) async throws -> Answer {
        let body = try await VersionBody(api)
        let (by, reason, digest) = (try body.text("by"), try body.words("reason"), try body.digest())
        let refuses = try body.flag("refuse")
        return try await refusing {
            guard !refuses else {
                let refused = try await api.workspace.refuse(by: by, reason: reason, digest: digest)
                return .json(document(refused, api.workspace))
            }
            let number = try await api.workspace.approve(by: by, reason: reason, digest: digest)
            return .json(try await version(number, api.workspace), status: .created)
        }
    }

    static func rollback(_ api: APICall) async throws -> Answer {
        let body = try await VersionBody(api)
        let (by, reason) = (try body.text("by"), try body.text("reason"))
        guard let to = body.object["to"]?.int, let version = Int(exactly: to) else {
            throw Problem(.validationFailed, "to is the number of the version to go back to.")
        }
        return try await refusing {
            let number = try await api.workspace.rollBack(to: version, by: by, reason: reason)
            return .json(try await Self.version(number, api.workspace), status: .created)
        }
    }

    /// What publishing came to: the version in force, or the proposal with the one that it took the place of.
    package static func document(_ publication: Publication, _ workspace: Workspace) async throws -> JSON {
        switch publication {
        case .inForce(let number): return try await version(number, workspace)
        case .waiting(let proposal, let replaced):
            let running = workspace.programme.programme.version
            return [
                "proposal": proposal.document(running: running),
                "replaced": replaced?.document(running: running) ?? .null,
            ]
        }
    }

    /// A proposal that was turned down.
    package static func document(_ refused: Proposal, _ workspace: Workspace) -> JSON {
        ["proposal": refused.document(running: workspace.programme.programme.version)]
    }

    /// A version that took effect.
    package static func version(_ number: Int, _ workspace: Workspace) async throws -> JSON {
        try await workspace.versions().last { $0.number == number }?.document(isRunning: true) ?? .null
    }
}

extension ProgrammeRow {
    fileprivate func document(isRunning: Bool) -> JSON {
        var document: JSONObject = [
            "version": .int(Int64(number)), "digest": .string(digest), "published": .string(at.text), "by": .string(by),
            "reason": .string(reason), "running": .bool(isRunning),
        ]
        if let approval {
            document["approved_by"] = .string(approval.by)
            document["approval_reason"] = .string(approval.reason)
        }
        return .object(document)
    }
}

extension Proposal {
    /// - Parameter running: the version in force.
    fileprivate func document(running: Int) -> JSON {
        var document: JSONObject = [
            "state": .string(isWaiting ? (on == running ? "waiting" : "stale") : "refused"), "on": .int(Int64(on)),
            "digest": .string(row.digest), "proposed": .string(row.at.text), "by": .string(row.by),
            "reason": .string(row.reason),
        ]
        if let refusal {
            document["refused_by"] = .string(refusal.by)
            document["refusal_reason"] = .string(refusal.reason)
            document["refused"] = .string(refusal.at.text)
        }
        return .object(document)
    }
}
