import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// The past follows from the facts, whenever they came.
@Suite struct RevenueHistoryTests {
    private let usd = CurrencyCode("USD")

    @Test func `a contract that was signed long ago counts from its start, however late it is told`() throws {
        var books = Books(.contracts)
        books.say(
            "A", "2025-01-01", "contract.signed", ["contract": "c", "arr": 100, "term_start": "2025-02-01T00:00:00Z"],
            recorded: "2025-11-01", flags: .late)
        #expect(try books.report("2025-01-15", "2025-06-30").total(.newARR).part == 100_00)
        #expect(try books.report("2025-02-01", "2025-06-30").total(.nrr).percent == 100)
    }

    @Test func `a correction for the same day replaces, and a fact that was taken back is gone`() throws {
        var books = Books(.contracts)
        books.say("A", "2025-01-10", "contract.signed", ["contract": "c", "arr": 100])
        books.say(
            "A", "2025-03-01", "contract.amended", ["contract": "c", "arr": 900, "effective_at": "2025-03-01T00:00:00Z"],
            id: "slip")
        books.say(
            "A", "2025-03-05", "contract.amended", ["contract": "c", "arr": 90, "effective_at": "2025-03-01T00:00:00Z"])
        #expect(try books.report("2025-01-31", "2025-12-31").total(.grr).percent == 90)
        books.say("A", "2025-06-01", "contract.amended", ["contract": "c", "arr": 5], id: "never")
        #expect(try books.report("2025-01-31", "2025-12-31").total(.grr).percent == 5)
        books.takeBack("never")
        #expect(try books.report("2025-01-31", "2025-12-31").total(.grr).percent == 90)
    }

    @Test func `what was imported says nothing of the time before it, and a live beginning is new`() throws {
        var books = Books(.account)
        books.say("old", "2025-06-01", FactType.accountChanged, ["arr": 100], flags: .fenced)
        books.say("new", "2025-06-01", FactType.accountChanged, ["arr": 50])
        books.say("none", "2025-06-01", FactType.accountChanged, ["name": "None"])
        let report = try books.report("2025-01-31", "2025-12-31")
        #expect(report.rows.map(\.account) == ["new"])
        #expect(report.total(.newARR).part == 50_00)
        #expect(report.gaps.map(\.reason) == [.unstated, .beforeImport])
        #expect(try books.report("2025-06-01", "2025-12-31").total(.nrr).whole == 150_00)
    }

    @Test func `an emptied field is unknown from then on`() throws {
        var books = Books(.account)
        books.pay("A", "2025-01-01", 100)
        books.pay("A", "2025-03-01", nil)
        #expect(try books.report("2025-01-31", "2025-02-15").total(.nrr).percent == 100)
        #expect(try books.report("2025-01-31", "2025-12-31").gaps.map(\.reason) == [.withoutAmount])
    }

    @Test func `both ends are at the rate of the first day, and the rest is the currency's`() throws {
        let rates = try ["2025-01-01": 0.9, "2025-07-01": 1.0].sorted { $0.key < $1.key }.map {
            ExchangeRate(currency: try #require(usd), since: day($0.key), nano: Int64($0.value * 1e9))
        }
        var books = Books(.contracts, rates: rates)
        books.say("A", "2025-01-10", "contract.signed", ["contract": "c", "arr": 1000, "currency": "USD"])
        books.say("B", "2025-01-10", "contract.signed", ["contract": "c", "arr": 1000, "currency": "GBP"])
        let report = try books.report("2025-01-31", "2025-12-31")
        #expect(report.total(.nrr).percent == 100)
        #expect(report.total(.arr).part == 900_00)
        #expect(report.total(.currencyEffect).part == 100_00)
        #expect(report.gaps.map(\.reason.id) == ["without_rate"])
    }

    @Test func `days are those of the programme's zone`() throws {
        var books = Books(.contracts, zone: "America/New_York")
        // 31 March, 22:00 in New York.
        books.say("A", "2026-04-01T02:00:00Z", "contract.signed", ["contract": "c", "arr": 10])
        #expect(try books.report("2026-03-30", "2026-03-31").total(.newARR).part == 10_00)
        #expect(try books.report("2026-03-31", "2026-04-30").total(.newARR).part == 0)
    }

    @Test func `failed payments and decisions of customers are told apart`() throws {
        var books = Books(.subscriptions)
        for account in ["card", "left", "gone", "stays"] { books.pay(account, "2025-01-01", 100) }
        books.say("card", "2025-03-01", "subscription.changed", ["subscription": "s", "status": "unpaid"])
        books.say("card", "2025-03-20", "subscription.changed", ["subscription": "s", "status": "canceled", "reason": "payment_failed"])
        books.say("left", "2025-03-01", "churn.noticed", ["scope": "full"])
        books.say("left", "2025-04-01", "subscription.changed", ["subscription": "s", "status": "canceled"])
        books.say("gone", "2025-04-01", "subscription.changed", ["subscription": "s", "status": "canceled"])
        let report = try books.report("2025-01-31", "2025-12-31")
        #expect(report.total(.involuntaryChurn).percent == 25)
        #expect(report.total(.voluntaryChurn).percent == 25)
        #expect(report.total(.unsaidChurn).percent == 25)
        #expect(report.total(.logoChurn).percent == 75)
    }

    @Test func `of too many statements the oldest are forgotten, whatever the order, and what they said is unknown`() throws {
        var books = Books(.account)
        for number in 0..<900 {
            let at = instant("2023-01-01T00:00:00Z") + Int64(number) * Milliseconds.day
            books.say("A", at.text, FactType.accountChanged, ["arr": .double(Double(100 + number % 7))])
        }
        let inOrder = books.accounts()
        let reversed = books.accounts { $0.recorded > $1.recorded }
        #expect(inOrder.map(\.bytes) == reversed.map(\.bytes))
        #expect(try AccountState(bytes: inOrder[0].bytes) == inOrder[0])
        #expect(try books.report("2023-02-01", "2024-01-01").gaps.map(\.reason) == [.forgotten])
        #expect(try books.report("2024-06-01", "2025-06-01").rows.count == 1)
    }
}
