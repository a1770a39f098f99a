/// What an account with accounts below it shows for all of them together, as the programme declares it.
package struct FamilyRollUp: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case sum, mean, minimum
        case arrWeighted = "arr_weighted"
    }

    /// `health.score`, `arr`, a number among the account's fields, or a metric with its window.
    package var measure: String
    package var kind: Kind

    package init(measure: String, kind: Kind) {
        self.measure = measure
        self.kind = kind
    }
}
