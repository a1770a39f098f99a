import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// What holds of every report, whatever was said.
@Suite struct RevenuePropertyTests {
    private static let casesPerBatch = 100

    @Test(arguments: 0..<10)
    func `figures reconcile, and GRR is at most NRR and at most 100 %`(batch: Int) throws {
        for number in 0..<Self.casesPerBatch {
            let seed = batch * Self.casesPerBatch + number
            let report = try RandomBooks(seed: seed).report()
            for row in report.rows { check(row, seed) }
            check(report, seed)
        }
    }

    private func check(_ row: RevenueRow, _ seed: Int) {
        #expect(row.movements.reduce(0) { $0 + $1.amount } == row.end - row.start, "seed \(seed): \(row)")
        #expect(row.isChurned == (row.ending != nil), "seed \(seed): \(row)")
        #expect(row.start >= 0 && row.end >= 0, "seed \(seed): \(row)")
        #expect(!row.movements.contains { $0.amount == 0 }, "seed \(seed): \(row)")
    }

    private func check(_ report: RevenueReport, _ seed: Int) {
        let (nrr, grr) = (report.total(.nrr), report.total(.grr))
        #expect(grr.part <= nrr.part && grr.part <= grr.whole, "seed \(seed)")
        #expect(nrr.whole == report.total(.arrAtStart).part, "seed \(seed)")
        let moved: [RevenueFigure] = [.newARR, .expansion, .contraction, .churn, .reactivation, .winback]
        let change = report.total(.arr).part - report.total(.arrAtStart).part
        #expect(moved.reduce(0) { $0 + report.total($1).part } == change, "seed \(seed)")
        let churn = report.total(.logoChurn)
        #expect(churn.part + report.total(.logoRetention).part == churn.whole, "seed \(seed)")
        for figure in RevenueFigure.allCases {
            let cohort = report.cohort(figure)
            #expect(cohort.reduce(0) { $0 + $1.share.part } == report.total(figure).part, "seed \(seed): \(figure)")
            #expect(cohort.count == report.total(figure).accounts, "seed \(seed): \(figure)")
        }
    }

    @Test func `groups of accounts sum to the whole`() throws {
        for seed in 0..<50 {
            let report = try RandomBooks(seed: seed).report()
            let even = report.filtered { $0.text.hasSuffix("0") || $0.text.hasSuffix("2") }
            let odd = report.filtered { $0.text.hasSuffix("1") || $0.text.hasSuffix("3") }
            let groups = [["A0", "A2"], ["A1", "A3"]].map { names in names.map { AccountID($0) } }
            let split = report.split(groups)
            #expect(split.map(\.rows) == [even.rows, odd.rows] && split.map(\.gaps) == [even.gaps, odd.gaps])
            for figure in RevenueFigure.allCases {
                let whole = report.total(figure), parts = even.total(figure) + odd.total(figure)
                #expect(whole == parts, "seed \(seed): \(figure)")
            }
        }
    }

    @Test func `any order of arrival keeps the same books`() throws {
        for seed in 0..<200 {
            let books = try RandomBooks(seed: seed).books
            let inOrder = books.accounts().map(\.observations.revenue)
            let reversed = books.accounts { $0.recorded > $1.recorded }.map(\.observations.revenue)
            #expect(inOrder == reversed, "seed \(seed)")
        }
    }
}

/// Four accounts about which two years of contradictory things are said, in three currencies.
private struct RandomBooks {
    private(set) var books: Books
    private var numbers: SeededNumbers
    private let beginning = instant("2024-01-01T00:00:00Z")

    init(seed: Int) throws {
        numbers = SeededNumbers(seed)
        let usd = try #require(CurrencyCode("USD")), gbp = try #require(CurrencyCode("GBP"))
        books = Books(
            numbers.pick(RevenueSource.allCases), zone: numbers.pick(["UTC", "Europe/Rome", "America/New_York"]),
            rates: [
                ExchangeRate(currency: usd, since: day("2024-01-01"), nano: 923_456_789),
                ExchangeRate(currency: usd, since: day("2025-03-01"), nano: 871_000_001),
                ExchangeRate(currency: gbp, since: day("2024-06-01"), nano: 1_171_717_171),
            ])
        for _ in 0..<(5 + numbers.below(40)) { say() }
    }

    func report() throws -> RevenueReport { try books.report("2024-12-31", "2025-10-31") }

    private mutating func say() {
        let at = beginning + Int64(numbers.below(730)) * Milliseconds.day + Int64(numbers.below(24)) * Milliseconds.hour
        let recorded = at + (numbers.oneIn(4) ? Int64(numbers.below(60)) * Milliseconds.day : 0)
        let (type, data) = content(at)
        books.say(
            "A\(numbers.below(4))", at.text, type, data, recorded: recorded.text,
            flags: numbers.oneIn(10) ? .fenced : [])
    }

    private mutating func content(_ at: Instant) -> (String, JSONObject) {
        var data: JSONObject = ["contract": numbers.pick(["c1", "c2"]), "subscription": numbers.pick(["s1", "s2"])]
        if !numbers.oneIn(4) { data["arr"] = numbers.pick([0, 1200, 333.33, 7.005, 99_999.99]) }
        if numbers.oneIn(3) { data["currency"] = numbers.pick(["USD", "GBP", "EUR", "JPY"]) }
        if numbers.oneIn(3) { data["effective_at"] = .string((at + Int64(numbers.below(90) - 45) * Milliseconds.day).text) }
        if numbers.oneIn(3) { data["term_end"] = .string((at + Int64(numbers.below(500)) * Milliseconds.day).text) }
        if numbers.oneIn(5) { data["reason"] = numbers.pick(["payment_failed", "budget"]) }
        data["status"] = numbers.pick(["active", "active", "past_due", "canceled", "trialing", "unpaid"])
        if numbers.oneIn(3) {
            data["price"] = numbers.pick([10, 19.99])
            data["interval"] = numbers.pick(["month", "year", "week"])
            data["discount_percent"] = numbers.pick([10, 50, 100])
            data["discount_ends"] = .string((at + Int64(numbers.below(200)) * Milliseconds.day).text)
        }
        let types = [
            "contract.signed", "contract.signed", "contract.amended", "contract.ended", "subscription.changed",
            "subscription.changed", FactType.accountChanged, "churn.noticed",
        ]
        return (numbers.pick(types), data)
    }
}
