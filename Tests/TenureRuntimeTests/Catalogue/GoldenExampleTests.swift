import TenureCore
import TenureFixtures
import Testing

/// Examples of the domain page that can be counted by hand.
@Suite struct GoldenExampleTests {
    @Test func `a user who comes one day in four has a stickiness of a quarter`() throws {
        var sample = try Sample(showing: ["users.stickiness.mau.28d", "users.stickiness.wau.7d", "users.active_days_mean.28d"])
        for number in stride(from: Int32(0), to: 28, by: 4) {
            let at = ZoneRules.utc.instant(day: day("2026-06-01") + number) + 9 * Milliseconds.hour
            sample.ledger.take(at.text, "user.session", member: "u")
        }
        // 28 whole days end with the midnight after the last of them.
        #expect(sample.value("users.stickiness.mau.28d", at: "2026-06-28T22:00:00Z") == 0.25)
        #expect(sample.value("users.active_days_mean.28d", at: "2026-06-28T22:00:00Z") == 7)
        // Of the last seven days two: the 21st is too long ago.
        #expect(sample.value("users.stickiness.wau.7d", at: "2026-06-28T22:00:00Z") == 1.0 / 7)
    }

    @Test func `everybody every day is a stickiness of one, today left out`() throws {
        var sample = try Sample(showing: ["users.stickiness.wau.7d"])
        for number in 0..<7 as Range<Int32> {
            for user in 0..<3 {
                let at = ZoneRules.utc.instant(day: day("2026-06-01") + number) + (9 * Milliseconds.hour + Int64(user))
                sample.ledger.take(at.text, "user.session", member: "u\(user)")
            }
        }
        #expect(sample.value("users.stickiness.wau.7d", at: "2026-06-08T08:00:00Z") == 1)
        sample.ledger.take("2026-06-08T09:00:00Z", "user.session", member: "visitor")
        #expect(sample.value("users.stickiness.wau.7d", at: "2026-06-08T10:00:00Z") == 1)
    }

    @Test func `the newest answer of each contact counts, and NPS rounds half away from zero`() throws {
        var sample = try Sample(showing: ["nps.90d", "nps.180d", "nps.normalised"])
        sample.answer("2026-01-10T10:00:00Z", "nps", 3, by: "ada")
        sample.answer("2026-05-01T10:00:00Z", "nps", 10, by: "ada")
        #expect(sample.value("nps.90d", at: "2026-05-02T10:00:00Z") == 100)
        // 1 promoter among 8 answers: 12.5.
        for number in 0..<7 { sample.answer("2026-05-01T10:00:00Z", "nps", 7, by: "c\(number)") }
        #expect(sample.value("nps.90d", at: "2026-05-02T10:00:00Z") == 13)
        #expect(sample.value("nps.normalised", at: "2026-05-02T10:00:00Z") == 56.5)
        sample.answer("2026-05-03T10:00:00Z", "nps", 0, by: "ada")
        #expect(sample.value("nps.90d", at: "2026-05-03T11:00:00Z") == -13)
        #expect(sample.value("nps.180d", at: "2026-08-20T11:00:00Z") == -13)
        #expect(sample.value("nps.90d", at: "2026-08-20T11:00:00Z") == nil)
    }

    /// Sessions of two weeks, then the change at the Monday after them.
    private func change(from before: Int, to now: Int) throws -> Double? {
        var sample = try Sample(showing: ["activity.wow"])
        for (monday, count) in [("2026-06-01", before), ("2026-06-08", now)] {
            for number in 0..<count {
                let at = ZoneRules.utc.instant(day: day(monday) + Int32(number % 7)) + (9 * Milliseconds.hour + Int64(number) * 1000)
                sample.ledger.take(at.text, "user.session", member: "u")
            }
        }
        // A third week that has only begun changes nothing.
        sample.ledger.take("2026-06-15T06:00:00Z", "user.session", member: "u")
        return sample.value("activity.wow", at: "2026-06-15T08:00:00Z")
    }

    @Test(arguments: [
        (100, 60, -40.0), (50, 25, -50),
        // Below twenty sessions a week nothing is said.
        (19, 5, 0),
        // A fifth less of fifty is within chance: ten is less than twice the root of ninety.
        (50, 40, 0),
        // Exactly two standard errors: (16 − 4)… of twenty-five and nine it is 16 to √34 · 2 = 11.7.
        (25, 9, -64),
    ])
    func `a weekly drop needs twenty sessions and more than chance`(before: Int, now: Int, percent: Double) throws {
        #expect(try change(from: before, to: now) == percent)
    }

    @Test func `a team counts with three active members, and width is in relation to the scope`() throws {
        var sample = try Sample(showing: ["users.width", "users.groups_active.28d", "users.new_groups.90d"])
        sample.ledger.take("2026-06-01T08:00:00Z", "scope.stated", ["what": "groups", "number": 4])
        for (team, users) in [("sales", 3), ("legal", 2), ("finance", 5)] {
            for user in 0..<users {
                sample.ledger.take("2026-06-01T09:00:00Z", "user.session", ["group": .string(team)], member: "\(team)\(user)")
            }
        }
        #expect(sample.value("users.groups_active.28d", at: "2026-06-02T08:00:00Z") == 2)
        #expect(sample.value("users.width", at: "2026-06-02T08:00:00Z") == 0.5)
        #expect(sample.value("users.new_groups.90d", at: "2026-06-02T08:00:00Z") == 3)
        #expect(sample.value("users.new_groups.90d", at: "2026-08-31T08:00:00Z") == 0)
    }

    @Test func `what counts half after thirty days weighs half as much then`() throws {
        var sample = try Sample(showing: ["sentiment.90d", "sponsor.touches_fading.90d"])
        sample.ledger.take("2026-06-01T08:00:00Z", "feedback.given", ["kind": "praise", "sentiment": 1])
        sample.ledger.take("2026-07-01T08:00:00Z", "feedback.given", ["kind": "complaint", "sentiment": -1])
        let value = try #require(sample.value("sentiment.90d", at: "2026-07-01T09:00:00Z"))
        #expect(abs(value - (0.5 - 1) / 1.5) < 1e-12)
        sample.ledger.take("2026-07-01T08:00:00Z", "contact.touched", ["role": "sponsor"])
        let touches = try #require(sample.value("sponsor.touches_fading.90d", at: "2026-08-15T09:00:00Z"))
        #expect(abs(touches - 0.5) < 1e-12)
    }

    @Test func `the billing month begins on the day of the term's start, or at the end of a shorter month`() throws {
        var sample = try Sample(showing: ["usage.volume_month"])
        sample.ledger.set("2026-01-31T08:00:00Z", ["term_start": "2026-01-31"])
        for date in ["2026-02-27", "2026-02-28", "2026-03-30", "2026-03-31"] {
            sample.ledger.take(date + "T09:00:00Z", "usage.measured", ["meter": "calls", "value": 10])
        }
        #expect(sample.value("usage.volume_month", at: "2026-03-30T10:00:00Z") == 20)
        #expect(sample.value("usage.volume_month", at: "2026-03-31T10:00:00Z") == 10)
        sample.ledger.set("2026-04-01T08:00:00Z", ["term_start": "2026-04-01"])
        #expect(sample.value("usage.volume_month", at: "2026-04-01T10:00:00Z") == 0)
    }
}
