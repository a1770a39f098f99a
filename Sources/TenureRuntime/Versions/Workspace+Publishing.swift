package import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

/// What came of publishing.
package enum Publication: Sendable {
    /// Every account has concluded under the version of that number.
    case inForce(Int)
    /// Nothing has changed: another person must approve it. What waited before does so no longer.
    case waiting(Proposal, replaced: Proposal?)
}

extension Workspace {
    /// Publishes a version, or keeps it for another person to approve where the version that runs asks for that.
    package func publish(_ loaded: LoadedProgramme, by: String, reason: String) async throws -> Publication {
        try requireSomebody(by)
        return try await onWriter { writer, now in
            guard try writer.needsApproval() else {
                let block = try writer.publish(loaded, by: by, reason: reason, now: now)
                return (block, .inForce(block.publishedVersion ?? 0))
            }
            let (proposal, replaced) = try writer.propose(loaded, by: by, reason: reason, now: now)
            return (nil, .waiting(proposal, replaced: replaced))
        }
    }

    /// Publishes the files of a version that ran before, without anybody's approval: it is the emergency exit. Gives the
    /// new version's number.
    package func rollBack(to number: Int, by: String, reason: String) async throws -> Int {
        try requireSomebody(by)
        let loaded = try await version(number)
        return try await onWriter { writer, now in
            let block = try writer.publish(loaded, by: by, reason: "Back to version \(number): \(reason)", now: now)
            return (block, block.publishedVersion ?? 0)
        }
    }

    /// The proposal that waits, or the last one that was turned down; nil when neither is there.
    package func proposal() async throws -> Proposal? {
        try await read { try $0.proposal() }
    }

    /// Publishes what waits; gives its number.
    ///
    /// - Parameter digest: how the digest must begin; nil: whatever waits.
    package func approve(by: String, reason: String = "", digest: String? = nil) async throws -> Int {
        try requireSomebody(by)
        return try await onWriter { writer, now in
            let block = try writer.approve(ProgrammeRow.Approval(by: by, reason: reason), digest: digest, now: now)
            return (block, block.publishedVersion ?? 0)
        }
    }

    /// Turns down what waits; whoever proposed it may do so as well.
    package func refuse(by: String, reason: String = "", digest: String? = nil) async throws -> Proposal {
        try requireSomebody(by)
        return try await onWriter { writer, now in
            (nil, try writer.refuse(by: by, reason: reason, digest: digest, now: now))
        }
    }

    private func requireSomebody(_ name: String) throws {
        guard !plainName(name).isEmpty else { throw PublishRefusal.nobody }
    }

    /// A version that is kept.
    private func version(_ number: Int) async throws -> LoadedProgramme {
        guard let row = try await read({ try $0.programme(number) }), number <= programme.programme.version else {
            throw PublishRefusal.unknownVersion(number)
        }
        return try library.readable(row)
    }
}
