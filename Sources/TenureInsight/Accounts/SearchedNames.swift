/// What an account is found by, apart from the people who work there.
package struct SearchedNames: Sendable {
    package let name: String
    package let externalID: String
    package let domains: [String]

    package init(_ row: AccountRow) {
        (name, externalID, domains) = (row.report.name, row.report.externalID, row.domains)
    }
}
