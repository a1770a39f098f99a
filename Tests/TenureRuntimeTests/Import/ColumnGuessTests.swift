import TenureCore
import TenureEngine
import Testing

@testable import TenureRuntime

/// Columns are told by what people call them.
struct ColumnGuessTests {
    private func guess(_ kind: ImportKind, _ header: [String], _ row: [String] = []) throws -> [String] {
        let programme = try starterProgramme()
        let file = Table(
            ([header] + (row.isEmpty ? [] : [row])).map { $0.joined(separator: ",") + "\n" }.joined())
        return ColumnGuess.columns(try TableHead(path: file.path), ImportField.all(kind, programme), .utc)
    }

    @Test func `tables of a CRM and a product are told as people mean them`() throws {
        let accounts = [
            "Customer No", "Company name", "Plan", "Annual value", "Licences", "Renewal date", "Remarks",
        ]
        #expect(try guess(.accounts, accounts) == ["id", "name", "tier", "arr", "seats", "term_end", ""])
        #expect(
            try guess(.contacts, ["Company", "Full name", "Mail", "Position"]) == [
                "account", "name", "email", "role",
            ])
        #expect(
            try guess(.events, ["When", "Customer No", "Login", "Activity"]) == [
                "time", "account", "user", "type",
            ])
    }

    @Test func `the names of the documents are told first, and none is told twice`() throws {
        #expect(try guess(.accounts, ["company", "name", "id", "account_id"]) == ["", "name", "id", ""])
        #expect(
            try guess(.contracts, ["account", "id", "term_start", "term_end"]) == [
                "account", "id", "term_start", "term_end",
            ])
    }

    @Test func `values tell where a name does not`() throws {
        #expect(
            try guess(.events, ["customer", "stamp", "x"], ["c1", "2026-03-09 11:00:00", "y"]) == [
                "account", "time", "",
            ])
        #expect(
            try guess(.contacts, ["customer", "reach at"], ["c1", "a@b.example"]) == ["account", "email"])
        #expect(try guess(.events, ["customer", "stamp"], ["c1", "03/09/2026"]) == ["account", ""])
    }

    @Test func `a file's own word for a session is told`() throws {
        let programme = try starterProgramme()
        #expect(ColumnGuess.type("Logged in", programme) == "user.session")
        #expect(ColumnGuess.type("ticket created", programme) == "ticket.created")
        #expect(ColumnGuess.type("Sneezed", programme) == nil)
    }

    @Test(arguments: [
        ("2026-03-09", "2026-03-08T23:00:00Z"), ("2026-03-09 11:30", "2026-03-09T10:30:00Z"),
        ("2026-03-09T11:30:05", "2026-03-09T10:30:05Z"),
        ("2026-03-09 11:30:05+00:00", "2026-03-09T11:30:05Z"),
        ("2026-03-09 11:30:05 +02:00", "2026-03-09T09:30:05Z"), ("2026-07-01 12:00", "2026-07-01T10:00:00Z"),
    ])
    func `times without an offset are the wall clock's`(text: String, expected: String) {
        let rome = shippedProgrammes.zones["Europe/Rome"]
        #expect(rome.flatMap { LooseTime.instant(text, $0) }?.text == expected)
    }

    @Test(arguments: [
        "", "soon", "03/09/2026", "2026-02-30", "2026-03-09 25:00", "2026-03-09 11", "2026-03-09x11:00",
        "1773054000",
    ])
    func `what is no time is none`(text: String) {
        #expect(LooseTime.instant(text, .utc) == nil)
    }
}
