package import TenureCore
package import TenureEngine
package import TenureProgramme

/// An account with all accounts below it.
package struct AccountFamily: Sendable {
    package let parent: PortfolioAccount?
    /// The account itself first.
    package let members: [PortfolioAccount]
    /// What was wrong with links to or from its members.
    package let flaws: [AccountTree.Flaw]

    package init(of id: AccountID, in portfolio: Portfolio) {
        let tree = AccountTree(portfolio.accounts.map { account in
            AccountTree.Node(
                id: account.state.id, external: ExternalID(account.report.externalID),
                parent: account.text(of: "parent").map { ExternalID($0) })
        })
        let byID = Dictionary(portfolio.accounts.map { ($0.state.id, $0) }) { first, _ in first }
        parent = tree.parent(of: id).flatMap { byID[$0] }
        members = tree.family(of: id).compactMap { byID[$0] }
        let ids = Set(members.map(\.state.id))
        flaws = tree.flaws.filter { ids.contains($0.account) }
    }

    /// - Parameter snapshot: called for metrics only.
    package func rollUp(_ measure: PortfolioMeasure, _ snapshot: (AccountState) -> Snapshot) -> RollUp {
        var rollUp = RollUp()
        for member in members {
            rollUp.add(measure.value(of: member) { snapshot(member.state) }, arr: member.arr.hundredths)
        }
        return rollUp
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
}
