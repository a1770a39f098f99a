import TenureCore
import TenureEngine
import TenureStore

extension Writer {
    /// Has the log say that an account is part of another one from here on. What follows is for `process` to conclude.
    mutating func merge(
        _ part: AccountID, into survivor: AccountID, _ terms: MergeTerms, by: String, reason: String, now wall: Instant
    ) throws -> LogBlock {
        if let refusal = merges.refusal(toMerge: part, into: survivor) { throw refusal }
        for account in [part, survivor] where !knows(account) { throw MergeRefusal.unknown(account) }
        guard shared.isLive else { throw MergeRefusal.notLive }
        if isAbove(part, survivor) || isAbove(survivor, part) { throw MergeRefusal.family }
        let names = { (fields: [String]) in JSON.array(fields.map { .string($0) }) }
        let told: JSONObject = [
            FactField.by: .string(by), FactField.reason: .string(reason), FactField.taken: names(terms.taken),
            FactField.kept: names(terms.kept),
        ]
        return try append(Said(part: part, survivor: survivor, source: by, data: told), now: wall)
    }

    /// The way back: both facts are taken back in one block.
    mutating func part(_ part: AccountID, from survivor: AccountID, by: String, now wall: Instant) throws -> LogBlock {
        guard let link = merges.link(of: part), link.survivor == survivor else { throw MergeRefusal.notMerged }
        if let later = merges.link(of: survivor) { throw MergeRefusal.undoLaterFirst(later.survivor) }
        return try append(
            Said(part: part, survivor: survivor, source: link.source, data: [FactField.by: .string(by)], undoes: link.factID),
            now: wall)
    }

    /// What a person says of two accounts, as one fact at each.
    private struct Said {
        let part: AccountID
        let survivor: AccountID
        let source: String
        let data: JSONObject
        /// The merge that is taken back.
        var undoes: String?

        /// Of the fact at the part.
        static func otherSide(_ factID: String) -> String { factID + "-left" }
    }

    private mutating func append(_ said: Said, now wall: Instant) throws -> LogBlock {
        let (now, position) = (max(wall, lastNow), log.end + 1)
        let id = "merge-\(position)"
        let fact = { (id: String, account: AccountID, data: [JSONObject.Member], type: String, undoes: String?) in
            Fact(
                occurred: now, recorded: now, source: said.source, id: id, account: account, type: type,
                data: JSONObject(said.data.members + data), operation: undoes.map { .retract(id: $0) } ?? .append)
        }
        let block = LogBlock(
            position: position, now: now,
            facts: [
                fact(id, said.survivor, sides(said.part), FactType.accountMerged, said.undoes),
                fact(
                    Said.otherSide(id), said.part, sides(said.survivor), FactType.accountLeft,
                    said.undoes.map { Said.otherSide($0) }),
            ])
        try log.append(block)
        lastNow = now
        counts.facts += block.facts.count
        return block
    }

    private func sides(_ other: AccountID) -> [JSONObject.Member] {
        let name = accounts[other]?.observations.profile["name"]?.string ?? other.text
        return [.init(FactField.other, .string(other.text)), .init(FactField.otherName, .string(name))]
    }

    private static let levelsMax = 100

    /// Whether the lower one names the other as the account above it, over any number of accounts between.
    private func isAbove(_ upper: AccountID, _ lower: AccountID) -> Bool {
        var account = lower
        for _ in 0..<Self.levelsMax {
            guard let name = accounts[account]?.observations.profile["parent"]?.string, !name.isEmpty else { return false }
            account = merges.survivor(of: keys.account(external: name))
            if account == upper { return true }
            if account == lower { return false }
        }
        return false
    }
}
