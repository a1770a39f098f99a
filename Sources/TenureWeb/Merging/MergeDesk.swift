package import TenureCore
package import TenureEngine
import TenureInsight
package import TenureRuntime

/// Merges and parts accounts for whoever asks, in words where that cannot be.
package struct MergeDesk: Sendable {
    let workspace: Workspace
    /// Who asks.
    let author: String

    package init(_ workspace: Workspace, author: String) { (self.workspace, self.author) = (workspace, author) }
    init(_ visitor: Visitor) { (workspace, author) = (visitor.workspace, visitor.session.teammate) }
    /// - Parameter by: who asks in truth, where a program asks for somebody.
    init(_ api: APICall, by: String? = nil) { (workspace, author) = (api.workspace, by ?? api.principal) }

    /// The account that a name was given to, also where it is part of another one.
    package func account(_ name: String) throws -> AccountState {
        guard let account = workspace.id(of: name).flatMap({ workspace.state(of: $0) }) else {
            throw Problem(.notFound, "There is no account called \(name.prefix(200)).")
        }
        return account
    }

    package func merge(_ name: String, into survivor: AccountID, taking fields: Set<String>, reason: String) async throws {
        guard reason.utf8.count <= CommandFields.reasonBytesMax else {
            throw Problem(.valueTooLong, "reason has at most \(CommandFields.reasonBytesMax) bytes.")
        }
        let (part, known) = (try account(name), try account(survivor.text))
        if workspace.isAbove(part) { throw Problem(merge: .hasAccountsBelow, workspace) }
        let terms = MergePreview(part, into: known, taking: fields).terms
        try await worded { try await workspace.merge(part.id, into: survivor, terms, by: author, reason: reason) }
    }

    package func undo(_ name: String, from survivor: AccountID) async throws {
        let part = try account(name).id
        try await worded { try await workspace.undoMerge(of: part, from: survivor, by: author) }
    }

    /// Why they cannot be merged, as far as it can be seen before; nil: they can.
    func obstacle(_ part: AccountID, _ survivor: AccountID) -> String? {
        if let refusal = workspace.merges.refusal(toMerge: part, into: survivor) { return refusal.words(workspace) }
        guard let state = workspace.state(of: part) else { return MergeRefusal.unknown(part).words(workspace) }
        return workspace.isAbove(state) ? MergeRefusal.hasAccountsBelow.words(workspace) : nil
    }

    func settle(_ one: String, _ other: String, isDistinct: Bool) async throws {
        let (one, other) = (try account(one).id, try account(other).id)
        guard one != other else { throw Problem(merge: .itself, workspace) }
        try await workspace.settle(DuplicateKey(one, other), isDistinct: isDistinct, by: author)
    }

    private func worded(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let refusal as MergeRefusal {
            throw Problem(merge: refusal, workspace)
        }
    }

    /// One page of pairs, in their order.
    static func part(
        _ pairs: [DuplicatePair], in workspace: Workspace, cursor: String?, limit: Int
    ) throws -> ListPart<DuplicatePair> {
        try ListPart(pairs, ListName(list: "duplicates", question: "", keys: workspace.keys), cursor: cursor, limit: limit) {
            ListPlace(number: -Int64($0.reasons.count), id: $0.first.id.text + " " + $0.second.id.text)
        }
    }
}

extension Problem {
    init(merge refusal: MergeRefusal, _ workspace: Workspace) {
        let words = refusal.words(workspace)
        let code: Problem.Code = if case .unknown = refusal { .notFound } else { .commandRefused }
        self.init(code, words, errors: [.init(pointer: "", type: refusal.code, detail: words)])
    }
}

extension MergeRefusal {
    /// Stable, for programs.
    fileprivate var code: String {
        switch self {
        case .itself: "same-account"
        case .unknown: "not-found"
        case .partAlready: "already-merged"
        case .survivorIsPart: "survivor-is-merged"
        case .family: "one-above-the-other"
        case .hasAccountsBelow: "has-accounts-below"
        case .notLive: "not-live"
        case .notMerged: "not-merged"
        case .undoLaterFirst: "undo-later-first"
        }
    }

    func words(_ workspace: Workspace) -> String {
        let name = { (account: AccountID) in workspace.row(account.text)?.report.name ?? account.text }
        return switch self {
        case .itself: "An account cannot be merged with itself."
        case .unknown(let account): "There is no account called \(account.text)."
        case .partAlready(let survivor):
            "It is part of \(name(survivor)) already. Undo that first, or merge \(name(survivor)) instead."
        case .survivorIsPart(let survivor): "It is part of \(name(survivor)) itself. Merge into \(name(survivor)) instead."
        case .family: "One of them is above the other: those are two on purpose. Take the parent away first if they are one."
        case .hasAccountsBelow:
            "Other accounts name it as the account above them. "
                + "Keep this one and merge the other into it, or name the new parent first."
        case .notLive: "The workspace is not live yet: accounts are merged once it is, so that their past is complete."
        case .notMerged: "They are not merged: there is nothing to undo."
        case .undoLaterFirst(let survivor): "It was merged into \(name(survivor)) later. Undo that first."
        }
    }
}
