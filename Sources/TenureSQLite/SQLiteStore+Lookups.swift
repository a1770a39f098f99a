import GRDB
package import TenureCore
package import TenureStore

extension SQLiteStore {
    package func decisions(account: AccountID, before: DecisionPlace?, limit: Int) throws -> [DecisionRow] {
        let place = before ?? DecisionPlace(position: .max, ordinal: .max)
        let values: [Stored] = [
            .account(account), .position(place.position), .number(place.ordinal), .limit(limit),
        ]
        return try read { try $0.rows(.decisionsOfAccount, values) { try DecisionRow(&$0) } }
    }

    package func decisions(after: DecisionPlace?, limit: Int) throws -> [DecisionRow] {
        let place = after ?? DecisionPlace(position: 0, ordinal: -1)
        let values: [Stored] = [.position(place.position), .number(place.ordinal), .limit(limit)]
        return try read { try $0.rows(.decisions, values) { try DecisionRow(&$0) } }
    }

    package func withheldSignals(limit: Int) throws -> [DecisionRow] {
        try read { try $0.rows(.withheldSignals, [.limit(limit)]) { try DecisionRow(&$0) } }
    }

    package func dailies(account: AccountID, days: ClosedRange<Day>) throws -> [DailyRow] {
        let values: [Stored] = [
            .account(account), .integer(Int64(days.lowerBound.number)),
            .integer(Int64(days.upperBound.number)),
        ]
        return try read { try $0.rows(.dailies, values) { try DailyRow(&$0) } }
    }

    package func dailyRange(account: AccountID) throws -> ClosedRange<Day>? {
        try read { database in
            guard let first = try database.row(.firstDaily, [.account(account)], { try $0.day() }),
                let last = try database.row(.lastDaily, [.account(account)], { try $0.day() })
            else { return nil }
            return first...last
        }
    }

    package func metricLayouts() throws -> [MetricLayout] {
        try read { try $0.rows(.metricLayouts, [.integer(0)]) { try MetricLayout(&$0) } }
    }

    package func contacts(account: AccountID) throws -> [ContactRow] {
        try read { try $0.rows(.contacts, [.account(account)]) { try ContactRow(&$0) } }
    }

    package func contact(account: AccountID, key: String) throws -> ContactRow? {
        try read { try $0.row(.contact, [.account(account), .text(key)]) { try ContactRow(&$0) } }
    }

    package func contactDomains() throws -> [(account: AccountID, domain: String)] {
        try read { try $0.rows(.contactDomains, []) { (account: AccountID(try $0.text()), domain: try $0.text()) } }
    }

    package func notes(account: AccountID, limit: Int) throws -> [NoteRow] {
        try read { try $0.rows(.notes, [.account(account), .limit(limit)]) { try NoteRow(&$0) } }
    }

    package func quarantine(subject: String?, after: Int64, limit: Int) throws -> [QuarantineRow] {
        try read { database in
            guard let subject else {
                return try database.rows(.quarantine, [.integer(after), .limit(limit)]) {
                    try QuarantineRow(&$0)
                }
            }
            let values: [Stored] = [.text(subject), .integer(after), .limit(limit)]
            return try database.rows(.quarantineOfSubject, values) { try QuarantineRow(&$0) }
        }
    }

    package func quarantined(among subjects: [String]) throws -> [String] {
        guard !subjects.isEmpty else { return [] }
        return try read { database in
            // Mostly nothing waits at all.
            guard try database.row(.quarantine, [.integer(0), .limit(1)], { try $0.number() }) != nil else { return [] }
            return try subjects.filter { subject in
                try database.row(.quarantineOfSubject, [.text(subject), .integer(0), .limit(1)]) { try $0.number() } != nil
            }
        }
    }

    package func quarantineCounts() throws -> [(subject: String, count: Int)] {
        try read { try $0.rows(.quarantineCounts, []) { (subject: try $0.text(), count: try $0.number()) } }
    }

    package func programmes() throws -> [ProgrammeRow] {
        try read { try $0.rows(.programmes, [.number(0)]) { try ProgrammeRow(&$0) } }
    }

    package func programme(_ number: Int) throws -> ProgrammeRow? {
        try read { try $0.row(.programme, [.number(number)]) { try ProgrammeRow(&$0) } }
    }

    package func setting(_ name: String) throws -> String? {
        try read { try $0.row(.setting, [.text(name)]) { try $0.text() } }
    }

    package func settings(prefix: String) throws -> [(name: String, value: String)] {
        try read { database in
            try database.rows(.settings, [.text(prefix)]) { row in
                let name = try row.text()
                return name.utf8.starts(with: prefix.utf8) ? (name: name, value: try row.text()) : nil
            }
        }
    }

    package func idempotentAnswer(principal: String, key: String) throws -> IdempotentAnswer? {
        try read { try $0.row(.answer, [.text(principal), .text(key)]) { try IdempotentAnswer(&$0) } }
    }
}

extension Stored {
    /// SQLite takes a negative limit for none.
    static func limit(_ count: Int) -> Stored { .number(max(0, count)) }

    static func accounts(_ accounts: [AccountID]) -> Stored {
        .text(JSON.array(accounts.map { .string(StoredText.encode($0.text)) }).text)
    }
}
