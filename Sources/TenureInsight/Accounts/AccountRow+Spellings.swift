extension AccountRow {
    /// Its id and its name, as letters and digits alone.
    package var spellings: [FoldedText] {
        later.spellings {
            [report.externalID, report.givenName].compactMap(\.self).map { FoldedText(lettersOf: $0) }
                .filter { !$0.isEmpty }
        }
    }
}
