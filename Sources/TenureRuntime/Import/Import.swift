package import TenureCore

/// Files that somebody brings to a workspace at one time, and how far they are.
package struct Import: Hashable, Sendable {
    package enum Phase: Hashable, Sendable {
        /// Somebody has to say what each column holds.
        case columns
        case checking
        /// Somebody looks at what would be taken.
        case checked
        case taking
        case done
        /// It ended before its end; taking it again counts nothing twice.
        case stopped(String)
    }

    /// An account's name that no row of accounts and no account has.
    package struct UnknownName: Hashable, Sendable {
        package var name: String
        package var rows: Int
        /// The likeliest first.
        package var matches: [AccountMatch]
    }

    package let id: String
    package let workspace: WorkspaceID
    /// The teammate's id.
    package let by: String
    package let begun: Instant
    package var phase = Phase.columns
    /// Which part of all bytes the phase has behind it.
    package var progress = 0.0
    /// In the order in which they are taken.
    package var files: [ImportFile]
    package var unknown: [UnknownName] = []
    /// Further names that are like no account's.
    package var unknownMore = 0

    package var isRunning: Bool { phase == .checking || phase == .taking }
}

/// One of them.
package struct ImportFile: Hashable, Sendable {
    package var kind: ImportKind
    /// As its sender calls it.
    package var name: String
    package var bytes: Int
    package var head: TableHead
    package var plan: ColumnPlan
    package var review: FileReview?
    package var tally: ImportTally?
}

/// What a person says before rows are taken.
package struct ImportChoices: Sendable {
    /// Tenure's ids of accounts by the names that files have for them.
    package var accounts: [String: AccountID]
    /// Types of events by the files' words for them.
    package var words: [String: String]

    package init(accounts: [String: AccountID] = [:], words: [String: String] = [:]) {
        self.accounts = accounts
        self.words = words
    }
}
