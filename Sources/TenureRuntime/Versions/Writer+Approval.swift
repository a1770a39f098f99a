import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

extension Writer {
    /// There after a rollback out of a version that asks for approval: going back is free, and lifts nothing.
    static let approvalSetting = "publishing.approval"

    /// Whether the next version needs a second person.
    func needsApproval() throws -> Bool {
        try programme.programme.needsApproval || store.setting(Self.approvalSetting) != nil
    }

    /// Keeps a version for another person to approve; gives what waited before and does no longer.
    func propose(
        _ loaded: LoadedProgramme, by: String, reason: String, now wall: Instant
    ) throws -> (proposal: Proposal, replaced: Proposal?) {
        let number = programme.programme.version
        guard try store.programme(number)?.digest != loaded.digest else { throw PublishRefusal.unchanged(number: number) }
        let earlier = try store.proposal()
        let proposal = Proposal(loaded.row(number + 1, at: max(wall, lastNow), by: by, reason: reason))
        try keep(proposal)
        return (proposal, earlier?.isWaiting == true ? earlier : nil)
    }

    /// Publishes what waits.
    mutating func approve(_ approval: ProgrammeRow.Approval, digest: String?, now wall: Instant) throws -> LogBlock {
        let proposal = try waiting(digest)
        guard proposal.on == programme.programme.version else {
            throw PublishRefusal.stale(on: proposal.on, running: programme.programme.version)
        }
        guard !isSamePerson(proposal.row.by, approval.by) else {
            throw PublishRefusal.approverMustDiffer(proposer: proposal.row.by)
        }
        return try publish(
            try library.readable(proposal.row), by: proposal.row.by, reason: proposal.row.reason, approval: approval, now: wall)
    }

    /// Turns down what waits; whoever proposed it may do so as well.
    func refuse(by: String, reason: String, digest: String?, now wall: Instant) throws -> Proposal {
        let refused = try waiting(digest).refused(by: by, reason: reason, at: max(wall, lastNow))
        try keep(refused)
        return refused
    }

    private func keep(_ proposal: Proposal) throws {
        var commit = Commit(position: position, now: max(lastNow, proposal.row.at))
        commit.settings = [(name: Proposal.setting, value: proposal.text)]
        try store.commit(commit)
    }

    /// - Parameter digest: how the digest must begin, for somebody who means one proposal and no other.
    private func waiting(_ digest: String?) throws -> Proposal {
        guard let proposal = try store.proposal(), proposal.isWaiting else { throw PublishRefusal.nothingWaits }
        if let digest, !proposal.row.digest.hasPrefix(digest.lowercased()) {
            throw PublishRefusal.replaced(digest: proposal.row.digest)
        }
        return proposal
    }

    /// What a version leaves behind of proposals when it takes effect.
    func settledApprovals(_ row: ProgrammeRow, needed: Bool) -> [(name: String, value: String?)] {
        guard row.approval == nil else {
            return [(name: Proposal.setting, value: nil), (name: Self.approvalSetting, value: nil)]
        }
        return needed ? [(name: Self.approvalSetting, value: "required")] : []
    }
}
