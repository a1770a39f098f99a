/// What an account is found by, besides the people who work there.
package final class SearchTexts: Sendable {
    package let name: FoldedText
    package let id: FoldedText
    package let domains: [FoldedText]
    /// Its id and its name, as letters and digits alone.
    package let spellings: [FoldedText]

    init(_ row: AccountRow) {
        name = FoldedText(row.report.name)
        id = FoldedText(row.report.externalID)
        domains = row.domains.map { FoldedText($0) }
        spellings = [row.report.externalID, row.report.givenName].compactMap(\.self).map { Self.letters($0) }.filter { !$0.isEmpty }
    }

    package func isNamed(_ wanted: FoldedText) -> Bool { name.holds(wanted) || id.holds(wanted) }

    package static func letters(_ text: String) -> FoldedText { FoldedText(text.lowercased().filter { $0.isLetter || $0.isNumber }) }
}

extension AccountRow {
    package var searchTexts: SearchTexts { later.search { SearchTexts(self) } }
}
