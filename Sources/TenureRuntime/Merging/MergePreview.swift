package import TenureCore
package import TenureEngine

/// What two accounts say of themselves, field by field, and which value would count once they are one.
package struct MergePreview: Sendable {
    package struct Field: Sendable {
        package let name: String
        /// nil: the account does not say.
        package let kept: JSON?
        package let taken: JSON?
        package let isTaken: Bool

        /// Whether somebody may choose.
        package var differs: Bool { kept != nil && taken != nil && kept != taken }
        package var value: JSON? { isTaken ? taken : kept }
    }

    package let survivor: AccountState
    package let part: AccountState
    /// Ascending by name.
    package let fields: [Field]

    /// The survivor's value counts where it has one.
    ///
    /// - Parameter chosen: fields that shall come from the other account all the same.
    package init(_ part: AccountState, into survivor: AccountState, taking chosen: Set<String> = []) {
        self.survivor = survivor
        self.part = part
        let names = Set((survivor.observations.profile.rows + part.observations.profile.rows).map(\.name))
        fields = names.subtracting([MergeTerms.own]).sorted { precedes($0, $1) }.compactMap { name in
            let (kept, taken) = (survivor.told(name), part.told(name))
            guard kept != nil || taken != nil else { return nil }
            let isTaken = taken != nil && (kept == nil || chosen.contains(name))
            return Field(name: name, kept: kept, taken: taken, isTaken: isTaken)
        }
    }

    package var terms: MergeTerms {
        MergeTerms(taken: fields.filter(\.isTaken).map(\.name), kept: fields.filter { !$0.isTaken }.map(\.name))
    }
}

extension AccountState {
    fileprivate func told(_ field: String) -> JSON? {
        observations.profile[field].flatMap { $0 == .null || $0 == "" ? nil : $0 }
    }
}
