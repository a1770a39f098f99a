import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// What a subscription or a contract is worth a year.
@Suite struct RecurringPriceTests {
    private func arr(_ data: JSONObject, counted: [BillingStatus] = [.active, .pastDue]) throws -> Int64? {
        var books = Books(.subscriptions)
        books.programme.revenue.counted = counted
        var data = data
        data["subscription"] = "s"
        if data["status"] == nil { data["status"] = "active" }
        books.say("A", "2025-01-10", "subscription.changed", data)
        return try books.report("2025-01-01", "2025-02-01").rows.first?.end
    }

    @Test func `prices are brought to a year without rounding a month first`() throws {
        #expect(try arr(["price": 2000, "interval": "year"]) == 2000_00)
        #expect(try arr(["price": 500, "interval": "quarter"]) == 2000_00)
        #expect(try arr(["price": 166.67, "interval": "month"]) == 2000_04)
        #expect(try arr(["price": 10, "interval": "week"]) == 520_00)
        #expect(try arr(["price": 1.1, "interval": "day"]) == 401_50)
        #expect(try arr(["price": 99, "interval": "month", "interval_count": 3]) == 396_00)
        #expect(try arr(["price": 9.99, "quantity": 7]) == 839_16)
        #expect(try arr(["mrr": 12.5]) == 150_00)
        #expect(try arr(["arr": 1234.565]) == 1234_57)
        #expect(try arr(["items": [["price": 10, "quantity": 2], ["price": 100, "interval": "year"]]]) == 340_00)
    }

    @Test func `a price that cannot be read is unknown, not nothing`() throws {
        #expect(try arr(["price": 10, "interval": "fortnight"]) == nil)
        #expect(try arr(["price": 10, "quantity": -1]) == nil)
        #expect(try arr([:]) == nil)
        #expect(try arr(["items": [["price": 10], ["quantity": 1]]]) == nil)
    }

    @Test func `past due counts; trials, unpaid, paused and cancelled ones do not`() throws {
        let price: JSONObject = ["price": 10]
        for (status, expected) in [
            ("active", 120_00), ("past_due", 120_00), ("trialing", 0), ("unpaid", 0), ("canceled", 0), ("cancelled", 0),
            ("incomplete", 0), ("incomplete_expired", 0), ("paused", 0), ("whatever", 0),
        ] as [(String, Int64)] {
            var data = price
            data["status"] = .string(status)
            #expect(try arr(data) == expected, "\(status)")
        }
        #expect(try arr(["price": 10, "status": "trialing"], counted: [.active, .trialing]) == 120_00)
    }

    @Test func `a discount counts while it holds, and its end is an expansion that nobody tells`() throws {
        var books = Books(.subscriptions)
        books.say(
            "A", "2025-01-10", "subscription.changed",
            [
                "subscription": "s", "status": "active", "price": 100, "discount_percent": 25,
                "discount_ends": "2025-07-01T00:00:00Z",
            ])
        let before = try books.report("2025-01-31", "2025-06-30")
        #expect(before.rows.first?.end == 900_00)
        #expect(before.rows.first?.movements == [])
        let after = try books.report("2025-01-31", "2025-07-01")
        #expect(after.total(.expansion).part == 300_00)
        #expect(after.rows.first?.movements.map(\.day.text) == ["2025-07-01"])
        books.say("A", "2025-08-01", "subscription.changed", ["subscription": "s", "status": "active", "price": 100])
        #expect(try books.report("2025-07-31", "2025-08-31").rows.first?.movements == [])
    }

    @Test func `cancelling one of several subscriptions is a contraction, cancelling the last is churn`() throws {
        var books = Books(.subscriptions)
        func change(_ key: String, _ at: String, _ status: JSON, _ books: inout Books) {
            books.say("A", at, "subscription.changed", ["subscription": .string(key), "status": status, "price": 10])
        }
        change("one", "2025-01-01", "active", &books)
        change("two", "2025-01-01", "active", &books)
        change("one", "2025-03-01", "canceled", &books)
        change("two", "2025-05-01", "canceled", &books)
        let moved = try books.report("2025-01-31", "2025-12-31").rows.first?.movements
        #expect(moved?.map(\.kind) == [.contraction, .churn])
        #expect(moved?.map(\.amount) == [-120_00, -120_00])
    }

    @Test func `one subscription in place of another on one day is no churn`() throws {
        var books = Books(.subscriptions)
        books.say("A", "2025-01-01", "subscription.changed", ["subscription": "old", "status": "active", "price": 10])
        books.say(
            "A", "2025-03-01T09:00:00Z", "subscription.changed", ["subscription": "old", "status": "canceled"])
        books.say(
            "A", "2025-03-01T09:05:00Z", "subscription.changed",
            ["subscription": "new", "status": "active", "price": 15])
        let moved = try books.report("2025-01-31", "2025-12-31").rows.first?.movements
        #expect(moved?.map(\.kind) == [.expansion])
        #expect(moved?.map(\.amount) == [60_00])
    }
}
