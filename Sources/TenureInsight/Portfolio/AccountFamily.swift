package import TenureCore
package import TenureProgramme

/// An account with all accounts below it.
package struct AccountFamily: Sendable {
    package let parent: AccountRow?
    /// The account itself first.
    package let members: [AccountRow]
    /// What was wrong with links from its members.
    package let flaws: [AccountTree.Flaw]

    /// - Parameter rows: of the whole workspace.
    package init(of id: AccountID, in rows: [AccountRow]) {
        let linked = Self.linked(id, rows)
        let tree = AccountTree(linked.map { AccountTree.Node($0) })
        let byID = Dictionary(linked.map { ($0.id, $0) }) { first, _ in first }
        parent = tree.parent(of: id).flatMap { byID[$0] }
        members = tree.family(of: id).compactMap { byID[$0] }
        let ids = Set(members.map(\.id))
        flaws = tree.flaws.filter { ids.contains($0.account) }
    }

    /// The account, and those that name another or are named: the rest is in no family.
    private static func linked(_ id: AccountID, _ rows: [AccountRow]) -> [AccountRow] {
        let named = Set(rows.compactMap(\.parent).map { ExternalID($0) })
        return rows.filter { row in
            row.parent != nil || row.id == id || (!named.isEmpty && named.contains(ExternalID(row.report.externalID)))
        }
    }

    /// - Parameter values: one of each member, in their order; nil: unknown.
    package func rollUp(_ values: [Double?]) -> RollUp {
        var rollUp = RollUp()
        for (member, value) in zip(members, values) { rollUp.add(value, arr: member.arr.hundredths) }
        return rollUp
    }
}

extension AccountTree.Node {
    init(_ row: AccountRow) {
        self.init(id: row.id, external: ExternalID(row.report.externalID), parent: row.parent.map { ExternalID($0) })
    }
}

extension RollUp {
    /// nil: nothing that it could be made of is known.
    package func value(_ kind: FamilyRollUp.Kind) -> Double? {
        switch kind {
        case .sum: known == 0 ? nil : sum
        case .mean: mean
        case .minimum: least
        case .arrWeighted: weightedMean
        }
    }

    /// How many accounts that value is made of.
    package func counted(_ kind: FamilyRollUp.Kind) -> Int {
        switch kind {
        case .sum, .mean, .minimum: known
        case .arrWeighted: weighed
        }
    }
}
