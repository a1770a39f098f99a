import TenureCore

/// What a CSV file's rows are.
package enum ImportKind: String, Hashable, Sendable, CaseIterable {
    case accounts, contacts, contracts, events

    package var required: [String] {
        switch self {
        case .accounts: ["id", "name"]
        case .contacts: ["account", "id"]
        case .contracts: ["account", "id"]
        case .events: ["account", "type", "time"]
        }
    }

    /// The column that says whose a row is.
    package var subject: String {
        switch self {
        case .accounts: "id"
        case .contacts, .contracts, .events: "account"
        }
    }
}

/// How the columns of a file are to be read.
package struct ColumnPlan: Hashable, Sendable {
    /// What each column holds, by the names of the documents; empty: it is left out.
    package var columns: [String]
    /// As the file calls them.
    package var titles: [String]
    /// Of every event, where no column says it.
    package var type: String?
    /// The file's words for types of events.
    package var words: [String: String]
    /// Whether times may lack an offset, and days may have a time behind them: people choose what is meant, and see it.
    package var isLenient: Bool

    /// The columns are called as the documents call them.
    package init(_ columns: [String]) {
        self.columns = columns
        titles = columns
        type = nil
        words = [:]
        isLenient = false
    }

    package init(_ columns: [String], titles: [String], type: String? = nil, words: [String: String] = [:]) {
        self.columns = columns
        self.titles = titles
        self.type = type
        self.words = words
        isLenient = true
    }

    /// What every row must fill. A person without an id is known by the address, a contract by its account.
    func required(_ kind: ImportKind) -> [String] {
        switch kind {
        case .contacts where isLenient && !columns.contains("id"): ["account", "email"]
        case .contracts where isLenient: ["account"]
        case .events where type != nil: ["account", "time"]
        case .accounts, .contacts, .contracts, .events: kind.required
        }
    }

    /// What no column holds.
    package func missing(_ kind: ImportKind) -> [String] { required(kind).filter { !columns.contains($0) } }
}
