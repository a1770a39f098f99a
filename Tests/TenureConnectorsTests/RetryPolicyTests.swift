import TenureRuntime
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy.standard

    @Test func `ten attempts over seventy-five hours`() {
        #expect(policy.attemptsMax == 10)
        let exact = RetryPolicy(waits: policy.waits, jitterPercent: 0)
        let waits = (1...10).map { exact.wait(afterAttempt: $0, messageID: "x") }
        #expect(
            waits.dropLast().map { $0.map { $0 / 1000 } } == [
                5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
            ])
        #expect(waits.last == .some(nil))
        #expect(waits.compactMap(\.self).reduce(0, +) / 3_600_000 == 75)
    }

    @Test func `the same message keeps its timetable and others differ`() {
        let first = (1...9).map { policy.wait(afterAttempt: $0, messageID: "<a@x>") }
        #expect(first == (1...9).map { policy.wait(afterAttempt: $0, messageID: "<a@x>") })
        #expect(first != (1...9).map { policy.wait(afterAttempt: $0, messageID: "<b@x>") })
    }

    @Test func `jitter stays within a tenth and uses the whole width`() {
        var places: [Double] = []
        for number in 0..<2000 {
            let wait = policy.wait(afterAttempt: 4, messageID: "<\(number)@x>") ?? 0
            places.append(Double(wait) / 7_200_000)
        }
        #expect(places.allSatisfy { (0.9...1.1).contains($0) })
        #expect((places.min() ?? 1) < 0.91 && (places.max() ?? 1) > 1.09)
        #expect(abs(places.reduce(0, +) / 2000 - 1) < 0.01)
    }

    @Test func `a peer may ask for more time, up to a day, never for less`() {
        func wait(_ seconds: Int?) -> Int64? {
            policy.wait(afterAttempt: 2, messageID: "x", retryAfterSeconds: seconds)
        }
        #expect(wait(1000) == 1_000_000)
        #expect(
            wait(1) == wait(nil) && wait(0) == wait(nil) && wait(-5) == wait(nil) && wait(.min) == wait(nil))
        #expect(wait(999_999_999) == 86_400_000 && wait(.max) == 86_400_000)
    }

    @Test(arguments: [Int.min, -1, 0, 10, 11, .max])
    func `there is no wait outside the attempts`(attempt: Int) {
        #expect(policy.wait(afterAttempt: attempt, messageID: "x") == nil)
    }
}
