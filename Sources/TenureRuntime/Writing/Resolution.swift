import TenureCore
package import TenureEngine
import TenureStore

/// What can be said of an arrival without knowing the workspace.
struct Draft: Sendable {
    var fact: Fact
    var key: EventKey
    /// What the fact says, its account left out.
    var content: UInt64

    init(_ arrival: Arrival, now: Instant, keys: WorkspaceKeys, known: [ExternalID: AccountID]) {
        fact = Self.fact(arrival, now: now, keys: keys)
        Self.name(&fact, arrival.subject, keys, known)
        key = keys.eventKey(source: fact.source, id: fact.id)
        content = Self.content(fact)
    }

    private static func fact(_ arrival: Arrival, now: Instant, keys: WorkspaceKeys) -> Fact {
        var fact = Fact(
            occurred: arrival.occurred ?? now, recorded: now, source: arrival.source,
            id: arrival.id ?? contentID(arrival, keys), account: nil, type: arrival.type,
            member: arrival.user.map { keys.member(user: $0) }, data: arrival.data, operation: arrival.operation,
            flags: arrival.isHistory ? [.fenced] : [])
        if arrival.occurred == nil { fact.flags.insert(.untimed) }
        if fact.occurred > now {
            fact.occurred = now
            fact.flags.insert(.clamped)
        }
        if !arrival.isHistory, now - fact.occurred > latenessWindowMilliseconds { fact.flags.insert(.late) }
        return fact
    }

    private static func name(
        _ fact: inout Fact, _ subject: Arrival.Subject, _ keys: WorkspaceKeys, _ known: [ExternalID: AccountID]
    ) {
        switch subject {
        case .workspace: break
        case .member: fact.flags.insert(.byLogin)
        case .resolved(let account): fact.account = account
        case .account(let external):
            fact.account = known[ExternalID(external)] ?? keys.account(external: external)
            // Named also where the account is known already: a retry of the call that made it must say the same.
            if fact.type == FactType.accountChanged, fact.data["id"] == nil { fact.data["id"] = .string(external) }
        }
    }

    /// An id for an event without one: what it says, so that a retry is the same event.
    private static func contentID(_ arrival: Arrival, _ keys: WorkspaceKeys) -> String {
        let subject = switch arrival.subject {
        case .account(let external): "a:" + external
        case .member: "m:" + (arrival.user ?? "")
        case .resolved(let account): "r:" + account.text
        case .workspace: "w"
        }
        let content = [
            arrival.source, arrival.type, subject, arrival.user ?? "", arrival.occurred?.text ?? "",
            JSON.object(arrival.data).canonical.text,
        ]
        return "content-" + keys.name("event", content.joined(separator: "\0"))
    }

    private static func content(_ fact: Fact) -> UInt64 {
        let isTimed = !fact.flags.contains(.untimed) && !fact.flags.contains(.clamped)
        let said = mixed(hash64(fact.type), fact.member.map { hash64($0) } ?? 0)
        return mixed(
            mixed(said, isTimed ? UInt64(bitPattern: fact.occurred.milliseconds) : 0), fact.data.contentHash)
    }

    /// What two facts with one id must agree on. A login's account may become known between an event and its retry.
    static func content(_ content: UInt64, of fact: Fact) -> UInt64 {
        fact.flags.contains(.byLogin) ? content : mixed(content, fact.account.map { hash64($0.text) } ?? 0)
    }

    /// The same of a fact that was read back.
    static func contentWithAccount(_ fact: Fact) -> UInt64 { content(content(fact), of: fact) }
}

extension Writer {
    /// A fact with its account, or with the name of what could not be found.
    struct Resolved {
        var fact: Fact
        var unknown: String?

        /// What events of a login wait under; no vendor's own id of an account is meant.
        static func name(ofMember member: String) -> String { "user:" + member }
    }

    /// Gives a draft its account. `group`, `account.changed` and account imports create accounts; everything else about
    /// an unknown one waits.
    func resolve(_ draft: Draft, _ subject: Arrival.Subject) -> Resolved {
        switch subject {
        case .workspace, .resolved: return Resolved(fact: draft.fact)
        case .account(let external):
            let isKnown = draft.fact.account.map { knows($0) } ?? false
            let isMade = draft.fact.type == FactType.accountChanged
            return Resolved(fact: draft.fact, unknown: isKnown || isMade ? nil : external)
        case .member:
            var fact = draft.fact
            let member = fact.member ?? ""
            fact.account = directory.account(of: member, merges)
            return Resolved(fact: fact, unknown: fact.account == nil ? Resolved.name(ofMember: member) : nil)
        }
    }
}

extension Writer {
    /// Asked of each fact: an account's whole state is not copied for it.
    func knows(_ account: AccountID) -> Bool { accounts.contains(account) }

    /// By the vendor's own id.
    package func account(external: String) -> AccountState? { accounts[keys.account(external: external)] }
}
