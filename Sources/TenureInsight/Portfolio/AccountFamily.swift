package import TenureCore
package import TenureEngine
package import TenureProgramme

/// An account with all accounts below it.
package struct AccountFamily: Sendable {
    package let parent: PortfolioAccount?
    /// The account itself first.
    package let members: [PortfolioAccount]
    /// What was wrong with links from its members.
    package let flaws: [AccountTree.Flaw]

    /// - Parameter states: of the whole workspace; only those of the family are looked at closely.
    package init(of id: AccountID, in states: [AccountState], _ programme: CompiledProgramme, now: Instant) {
        let tree = AccountTree(states.map { AccountTree.Node($0) })
        let byID = Dictionary(states.map { ($0.id, $0) }) { first, _ in first }
        let fields = programme.programme.portfolioFields
        func account(_ id: AccountID) -> PortfolioAccount? {
            byID[id].map { PortfolioAccount($0, programme, fields: fields, now: now) }
        }
        parent = tree.parent(of: id).flatMap { account($0) }
        members = tree.family(of: id).compactMap { account($0) }
        let ids = Set(members.map(\.state.id))
        flaws = tree.flaws.filter { ids.contains($0.account) }
    }

    /// - Parameter values: one of each member, in their order; nil: unknown.
    package func rollUp(_ values: [Double?]) -> RollUp {
        var rollUp = RollUp()
        for (member, value) in zip(members, values) { rollUp.add(value, arr: member.arr.hundredths) }
        return rollUp
    }
}

extension AccountTree.Node {
    init(_ state: AccountState) {
        self.init(
            id: state.id, external: ExternalID(state.text(of: "id") ?? state.id.text),
            parent: state.text(of: "parent").map { ExternalID($0) })
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
