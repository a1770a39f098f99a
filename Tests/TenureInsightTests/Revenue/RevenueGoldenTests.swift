import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// The worked examples, by hand.
@Suite struct RevenueGoldenTests {
    /// A 100 → 130, B 100 → 70, C 100 → 0 → 40; E new at 200; D, who had left, back at 50.
    private func example(_ source: RevenueSource) throws -> RevenueReport {
        var books = Books(source)
        for account in ["A", "B", "C", "D"] { books.pay(account, "2024-03-01", 100) }
        books.pay("D", "2024-09-01", 0)
        books.pay("A", "2025-04-01", 130)
        books.pay("B", "2025-05-01", 70)
        books.pay("C", "2025-06-01", 0)
        books.pay("C", "2025-09-01", 40)
        books.pay("D", "2025-10-01", 50)
        books.pay("E", "2025-11-01", 200)
        return try books.report("2024-12-31", "2025-12-31")
    }

    @Test(arguments: RevenueSource.allCases)
    func `point to point, NRR is 80 % and GRR is 70 %`(source: RevenueSource) throws {
        let report = try example(source)
        #expect(report.total(.nrr) == share(240, of: 300, 3))
        #expect(report.total(.nrr).percent == 80)
        #expect(report.total(.grr) == share(210, of: 300, 3))
        #expect(report.total(.grr).percent == 70)
        #expect(report.total(.netChurn).percent == 20)
        #expect(report.total(.grossChurn).percent == 30)
    }

    @Test(arguments: RevenueSource.allCases)
    func `by movements it is 66.7, 80 and 96.7 %, and GRR 56.7 %`(source: RevenueSource) throws {
        let report = try example(source)
        #expect(report.total(.movedNRR) == share(200, of: 300, 3))
        #expect(report.total(.movedNRRReactivated) == share(240, of: 300, 3))
        #expect(report.total(.movedGRR) == share(170, of: 300, 3))
        #expect(report.total(.chartMogulChurn).part == 10_00)
        #expect(report.total(.chartMogulChurn).whole == 300_00)
    }

    @Test(arguments: RevenueSource.allCases)
    func `what is new and what came back are told apart, and all of it adds up`(source: RevenueSource) throws {
        let report = try example(source)
        #expect(report.total(.winback).part == 50_00)
        #expect(report.total(.newARR).part == 200_00)
        #expect(report.total(.reactivation).part == 40_00)
        #expect(report.total(.expansion).part == 30_00)
        #expect(report.total(.contraction).part == -30_00)
        #expect(report.total(.churn).part == -100_00)
        #expect(report.total(.arrAtStart).part == 300_00)
        #expect(report.total(.arr).part == 490_00)
        #expect(report.cohort(.winback).map(\.row.account) == ["D"])
    }

    @Test func `nobody of the cohort has left at its end, and one in three has expanded`() throws {
        let report = try example(.subscriptions)
        #expect(report.total(.logoRetention).percent == 100)
        #expect(report.total(.expansionRate).part == 1)
        #expect(report.total(.expansionRate).whole == 3)
        let atLowest = try example(.subscriptions, to: "2025-08-31")
        #expect(atLowest.total(.logoChurn).part == 1)
        #expect(atLowest.total(.unsaidChurn).part == 100_00)
    }

    private func example(_ source: RevenueSource, to: String) throws -> RevenueReport {
        var books = Books(source)
        for account in ["A", "B", "C"] { books.pay(account, "2024-03-01", 100) }
        books.pay("C", "2025-06-01", 0)
        return try books.report("2024-12-31", to)
    }

    private func share(_ part: Int64, of whole: Int64, _ accounts: Int) -> RevenueShare {
        var share = RevenueShare(part: part * 100, whole: whole * 100)
        share.accounts = accounts
        return share
    }
}
