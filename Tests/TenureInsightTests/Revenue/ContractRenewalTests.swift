import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// Rates of renewal look at contracts due, never at all of them.
@Suite struct ContractRenewalTests {
    private func sign(_ books: inout Books, _ account: String, _ contract: JSON, _ arr: JSON, _ start: JSON, _ end: JSON, renews: JSON? = nil) {
        var data: JSONObject = ["contract": contract, "arr": arr, "term_start": start, "term_end": end]
        if let renews { data["renews"] = renews }
        books.say(account, "2024-01-01", "contract.signed", data)
    }

    private func books() -> Books {
        var books = Books(.contracts)
        // Renewed early and larger, by an amendment.
        sign(&books, "A", "a", 100, "2024-03-01", "2025-03-01")
        books.say("A", "2025-02-01", "contract.amended", ["contract": "a", "arr": 130, "term_end": "2026-03-01"])
        // Renewed smaller, by a contract of its own that replaces the old one.
        sign(&books, "B", "b", 100, "2024-04-01", "2025-04-01")
        sign(&books, "B", "b2", 70, "2025-04-01", "2027-04-01", renews: "b")
        books.say("B", "2025-04-01T00:00:00Z", "contract.ended", ["contract": "b"])
        // Lost on the last day.
        sign(&books, "C", "c", 100, "2024-05-01", "2025-05-01")
        books.say("C", "2025-05-01T00:00:00Z", "contract.ended", ["contract": "c", "reason": "budget"])
        // Over, and nobody said what became of it.
        sign(&books, "D", "d", 100, "2024-06-01", "2025-06-01")
        // Not due.
        sign(&books, "E", "e", 500, "2024-06-01", "2027-06-01")
        return books
    }

    @Test func `gross and net rates are over what was due`() throws {
        let report = try books().report("2024-12-31", "2025-12-31")
        #expect(report.total(.grossRenewal).part == 170_00)
        #expect(report.total(.grossRenewal).whole == 300_00)
        #expect(report.total(.netRenewal).part == 200_00)
        #expect(report.cohort(.netRenewal).map(\.row.account) == ["A", "B", "C"])
        #expect(report.rows.flatMap(\.renewals).map(\.outcome) == [.renewed, .renewed, .lost, .open])
    }

    @Test func `they differ from GRR and NRR, which look at everybody`() throws {
        let report = try books().report("2024-12-31", "2025-12-31")
        #expect(report.total(.grr).whole == 900_00)
        #expect(report.total(.grr).part == 770_00)
        #expect(report.total(.nrr).part == 800_00)
    }

    @Test func `a quarter looks at its own contracts`() throws {
        let report = try books().report("2025-03-31", "2025-06-30")
        #expect(report.rows.flatMap(\.renewals).map(\.contract) == ["b", "c", "d"])
        #expect(report.total(.netRenewal).part == 70_00)
    }

    @Test func `a term that was moved back is due when it now ends`() throws {
        var books = Books(.contracts)
        sign(&books, "A", "a", 100, "2024-03-01", "2026-03-01")
        books.say("A", "2024-03-02", "contract.amended", ["contract": "a", "term_end": "2025-03-01"])
        books.say("A", "2025-03-01T00:00:00Z", "contract.ended", ["contract": "a"])
        let report = try books.report("2024-12-31", "2025-12-31")
        #expect(report.rows.flatMap(\.renewals).map(\.due.text) == ["2025-03-01"])
        #expect(report.total(.grossRenewal).percent == 0)
    }
}
