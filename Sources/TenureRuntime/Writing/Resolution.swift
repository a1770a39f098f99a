import TenureCore
package import TenureEngine
import TenureStore

/// Which account an arrival is about, and what has to be known for that.
struct Directory: Sendable {
    /// Login key to its account; nil when the login is at several.
    private(set) var memberAccounts: [String: AccountID?] = [:]

    /// True when the login's account is news.
    mutating func join(member: String, _ account: AccountID) -> Bool {
        guard let known = memberAccounts[member] else {
            memberAccounts[member] = .some(account)
            return true
        }
        guard let known, known != account else { return false }
        memberAccounts[member] = .some(nil)
        return true
    }

    mutating func load(member: String, account: String) {
        memberAccounts[member] = account.isEmpty ? .some(nil) : .some(AccountID(account))
    }

    func account(of member: String) -> AccountID? { memberAccounts[member] ?? nil }
}

extension Writer {
    enum Resolved {
        case fact(Fact)
        /// The sender's name for what could not be found.
        case unknown(String, Fact)
        case refused(IntakeRefusal)
    }

    /// Gives an arrival its account, its opaque member key and its times.
    func resolve(_ arrival: Arrival, now: Instant) -> Resolved {
        var flags: Fact.Flags = arrival.isHistory ? [.fenced] : []
        var occurred = arrival.occurred ?? now
        if arrival.occurred == nil { flags.insert(.untimed) }
        if occurred > now {
            occurred = now
            flags.insert(.clamped)
        }
        if !arrival.isHistory, now - occurred > latenessWindowMilliseconds { flags.insert(.late) }
        let member = arrival.user.map { keys.member(user: $0) }
        var fact = Fact(
            occurred: occurred, recorded: now, source: arrival.source, id: arrival.id ?? contentID(arrival),
            account: nil, type: arrival.type, member: member, data: arrival.data, operation: arrival.operation,
            flags: flags)
        switch arrival.subject {
        case .workspace: return .fact(fact)
        case .resolved(let account):
            fact.account = account
            return .fact(fact)
        case .account(let external):
            fact.account = keys.account(external: external)
            return place(fact, subject: external)
        case .member:
            guard let member, let account = directory.account(of: member) else {
                return .unknown("user:" + (member ?? ""), fact)
            }
            fact.account = account
            return .fact(fact)
        }
    }

    /// `group`, `account.changed` and account imports create accounts; everything else about an unknown one waits.
    private func place(_ fact: Fact, subject: String) -> Resolved {
        guard let account = fact.account else { return .unknown(subject, fact) }
        guard fact.type == FactType.accountChanged else {
            return accounts[account] == nil ? .unknown(subject, fact) : .fact(fact)
        }
        // Named also where the account is known already: a retry of the call that made it must say the same.
        var named = fact
        if named.data["id"] == nil { named.data["id"] = .string(subject) }
        return .fact(named)
    }

    /// An id for an event without one: what it says, so that a retry is the same event.
    private func contentID(_ arrival: Arrival) -> String {
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

    /// What two facts with one id must agree on.
    static func content(_ fact: Fact) -> UInt64 {
        var writer = ByteWriter()
        writer.write(fact.type)
        writer.write(fact.account) { $0.write($1.text) }
        writer.write(fact.member) { $0.write($1) }
        if !fact.flags.contains(.untimed), !fact.flags.contains(.clamped) { writer.write(fact.occurred) }
        writer.write(JSON.object(fact.data).canonical)
        return hash64(writer.bytes)
    }
}

extension Writer {
    /// By the vendor's own id.
    package func account(external: String) -> AccountState? { accounts[keys.account(external: external)] }
}
