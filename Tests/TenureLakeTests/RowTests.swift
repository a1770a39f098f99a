import Parquet
import TenureCore
import Testing

@testable import TenureLake

struct RowTests {
    private func cells(_ fact: Fact, account: String? = nil) -> [String: ParquetCell] {
        Dictionary(
            uniqueKeysWithValues: zip(LakeColumns.all.map(\.name), LakeColumns.row(fact, account: account, block: 9)))
    }

    private func fact(_ data: JSONObject = [:]) -> Fact {
        Fact(
            occurred: Instant(milliseconds: -1), recorded: Instant(milliseconds: .max), source: "crm", id: "e-1",
            account: "acc_1", type: "user.session", data: data, operation: .retract(id: "e-0"), flags: [.late, .byLogin])
    }

    @Test func `each column gets what it is named after`() {
        let cells = cells(fact(["feature": "reports", "status": .int(5), "value": .int(7), "amount": "much"]), account: "a1")
        #expect(cells["id"] == .text("e-1") && cells["account"] == .text("a1") && cells["account_id"] == .text("acc_1"))
        #expect(cells["member"] == ParquetCell.none && cells["retracts"] == .text("e-0") && cells["block"] == .integer(9))
        #expect(cells["occurred"] == .integer(-1000) && cells["recorded"] == .integer(.max))
        #expect(cells["late"] == .flag(true) && cells["by_login"] == .flag(true) && cells["fenced"] == .flag(false))
        // Only what is of the column's kind.
        #expect(cells["feature"] == .text("reports") && cells["value"] == .number(7))
        #expect(cells["status"] == ParquetCell.none && cells["amount"] == ParquetCell.none)
        #expect(cells["data"] == .text(#"{"feature":"reports","status":5,"value":7,"amount":"much"}"#))
    }

    @Test func `a row has a cell for each column`() throws {
        #expect(LakeColumns.row(fact(), account: nil, block: 1).count == LakeColumns.all.count)
        #expect(Set(LakeColumns.all.map(\.name)).count == LakeColumns.all.count)
        let names = LakeColumns.all.map(\.name)
        #expect(LakeColumns.sorting.allSatisfy(names.contains))
    }
}
