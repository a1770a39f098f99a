package import TenureCore
import TenureEngine
import TenureStore

/// Which accounts are parts of which others, as the log says it up to a position.
///
/// Facts keep the account under whose name they came. What they count for follows from this: undoing a merge moves nothing.
package struct Merges: Hashable, Sendable {
    package struct Link: Hashable, Sendable {
        package let part: AccountID
        package let survivor: AccountID
        package let terms: MergeTerms
        package let by: String
        package let reason: String
        package let at: Instant
        /// Of the fact that says it.
        let factID: String
        let source: String
        let position: UInt64
        /// Where it was undone, and when.
        var end: End?

        struct End: Hashable, Sendable {
            let position: UInt64
            let at: Instant
        }

        /// Whether it held once that block had been taken.
        func holds(at position: UInt64) -> Bool { self.position <= position && (end.map { position < $0.position } ?? true) }
    }

    /// Every one that ever was, oldest first.
    private(set) var links: [Link] = []
    /// Those that hold, by the account that is part of another.
    private var current: [AccountID: Link] = [:]
    /// The same by the account that they are parts of, oldest first: every fact asks.
    private var parts: [AccountID: [Link]] = [:]

    package init() {}

    /// - Parameter links: every one that ever was, oldest first.
    init(_ links: [Link]) {
        self.links = links
        for link in links where link.end == nil { hold(link) }
    }

    /// Takes what a block says. Taken twice it changes nothing.
    mutating func take(_ block: LogBlock) {
        let lent = block.facts.span
        for place in lent.indices where lent[place].type == FactType.accountMerged { take(lent[place], block.position) }
    }

    private mutating func take(_ fact: Fact, _ position: UInt64) {
        guard let survivor = fact.account, let part = fact.otherAccount else { return }
        switch fact.operation {
        case .append:
            let isKnown = links.contains { isSame($0.factID, fact.id) }
            guard !isKnown, refusal(toMerge: part, into: survivor) == nil else { return }
            let link = Link(fact, part, survivor, position)
            links.append(link)
            hold(link)
        case .retract(let id):
            guard let place = links.firstIndex(where: { isSame($0.factID, id) && $0.end == nil }) else { return }
            links[place].end = Link.End(position: position, at: fact.recorded)
            current[part] = nil
            parts[survivor]?.removeAll { $0.part == part }
            if parts[survivor]?.isEmpty == true { parts[survivor] = nil }
        }
    }

    private mutating func hold(_ link: Link) {
        current[link.part] = link
        parts[link.survivor, default: []].append(link)
    }

    /// Why two accounts cannot become one; nil: they can.
    package func refusal(toMerge part: AccountID, into survivor: AccountID) -> MergeRefusal? {
        if part == survivor { return .itself }
        if let link = current[part] { return .partAlready(of: link.survivor) }
        if let link = current[survivor] { return .survivorIsPart(of: link.survivor) }
        return nil
    }

    /// As it was once a block had been taken.
    func asOf(_ position: UInt64) -> Merges {
        Merges(
            links.filter { $0.position <= position }.map { link in
                var then = link
                if link.holds(at: position) { then.end = nil }
                return then
            })
    }
}

extension Merges.Link {
    fileprivate init(_ fact: Fact, _ part: AccountID, _ survivor: AccountID, _ position: UInt64) {
        self.init(
            part: part, survivor: survivor, terms: MergeTerms(fact.data), by: fact.data[FactField.by]?.string ?? fact.source,
            reason: fact.data[FactField.reason]?.string ?? "", at: fact.recorded, factID: fact.id, source: fact.source,
            position: position, end: nil)
    }
}

// MARK: - Asking

extension Merges {
    /// How many accounts are parts of others.
    package var count: Int { current.count }

    package func isPart(_ account: AccountID) -> Bool { current[account] != nil }

    /// The account that stands for it now: itself, unless it is part of another one.
    package func survivor(of account: AccountID) -> AccountID {
        var survivor = account
        // No circle: who survives is part of nobody when the merge is taken.
        while let link = current[survivor] { survivor = link.survivor }
        return survivor
    }

    /// All that hold, the newest first.
    package var all: [Link] { links.filter { $0.end == nil }.reversed() }

    /// Its own part in the account that it belongs to.
    package func link(of part: AccountID) -> Link? { current[part] }

    /// Those that it took in itself, oldest first.
    package func links(into survivor: AccountID) -> [Link] { parts[survivor] ?? [] }

    /// When it was part of others and is so no more, oldest first: of these days nothing is recorded of itself.
    package func absences(of part: AccountID) -> [(survivor: AccountID, from: Instant, until: Instant)] {
        links.compactMap { link in
            guard link.part == part, let end = link.end else { return nil }
            return (survivor: link.survivor, from: link.at, until: end.at)
        }
    }

    /// The account and whatever is part of it, through any number of merges.
    package func accounts(in survivor: AccountID) -> [AccountID] {
        guard !current.isEmpty else { return [survivor] }
        return [survivor] + links(into: survivor).flatMap { accounts(in: $0.part) }
    }
}

// MARK: - Facts

extension Merges {
    /// A block's facts as their accounts' turns take them.
    func routed(_ block: LogBlock) -> [Fact] { current.isEmpty ? block.facts : block.facts.map { routed($0) } }

    /// The fact as its account's turn takes it: one that tells something of a part is the survivor's.
    func routed(_ fact: Fact) -> Fact {
        guard !current.isEmpty, let account = fact.account, FactType.isObserved(fact.type) else { return fact }
        var routed = fact
        for link in links(into: account) { link.terms.trim(&routed, ofPart: false) }
        var part = account
        while let link = current[part] {
            link.terms.trim(&routed, ofPart: true)
            part = link.survivor
            for other in links(into: part) where other.part != link.part { other.terms.trim(&routed, ofPart: false) }
        }
        routed.account = part
        return routed
    }

    /// The account whose turn takes the fact.
    func owner(of fact: Fact) -> AccountID? {
        guard !current.isEmpty, let account = fact.account, FactType.isObserved(fact.type) else { return fact.account }
        return survivor(of: account)
    }
}

/// Which of two accounts' fields count once they are one: of each field that both have, one side's.
package struct MergeTerms: Hashable, Sendable {
    /// They come from the part alone.
    package let taken: [String]
    /// They stay the survivor's alone.
    package let kept: [String]

    package init(taken: [String], kept: [String]) {
        self.taken = taken.sorted { precedes($0, $1) }
        self.kept = kept.sorted { precedes($0, $1) }
    }

    init(_ data: JSONObject) {
        let names = { (field: String) in (data[field]?.array ?? []).compactMap(\.string) }
        self.init(taken: names(FactField.taken), kept: names(FactField.kept))
    }

    /// The account's own id is never another's.
    static let own = "id"

    fileprivate func trim(_ fact: inout Fact, ofPart isPart: Bool) {
        switch fact.type {
        case FactType.accountChanged:
            let members = fact.data.members.filter { !isLeftOut($0.name, ofPart: isPart) }
            if members.count != fact.data.members.count { fact.data = JSONObject(members) }
        case FactType.ownerAssigned:
            guard let role = fact.data["role"]?.string, isLeftOut(role, ofPart: isPart) else { return }
            fact.data = JSONObject()
        default: break
        }
    }

    private func isLeftOut(_ field: String, ofPart isPart: Bool) -> Bool {
        if isPart, isSame(field, Self.own) { return true }
        // An amount means nothing in another currency.
        let field = isSame(field, "currency") ? "arr" : field
        return (isPart ? kept : taken).contains { isSame($0, field) }
    }
}

/// Why two accounts were not merged, or not parted; nothing changed.
package enum MergeRefusal: Error, Hashable, Sendable {
    case itself
    case unknown(AccountID)
    case partAlready(of: AccountID)
    case survivorIsPart(of: AccountID)
    /// One of them is above the other.
    case family
    /// Other accounts name it as the one above them.
    case hasAccountsBelow
    /// The workspace is not live yet.
    case notLive
    case notMerged
    /// The survivor is part of another account now, which must be undone first.
    case undoLaterFirst(AccountID)
}
