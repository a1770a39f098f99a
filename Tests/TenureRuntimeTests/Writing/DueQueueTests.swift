import TenureCore
import Testing

@testable import TenureRuntime

struct DueQueueTests {
    private func instant(_ milliseconds: Int64) -> Instant { Instant(milliseconds: milliseconds) }

    @Test func `whoever is due later is hastened, nobody is put off and nobody who was taken comes back`() {
        var queue = DueQueue()
        for number in 0..<40 { queue.set(AccountID("a\(number)"), instant(Int64(number) * 10)) }
        queue.set("gone", nil)
        #expect(queue.take(until: instant(20), limit: 10) == ["a0", "a1", "a2"])
        queue.hasten(to: instant(55))
        #expect(queue.take(until: instant(54), limit: 10) == ["a3", "a4", "a5"])
        #expect(queue.next() == instant(55))
        let hastened = queue.take(until: instant(55), limit: 100)
        #expect(hastened == (6..<40).map { AccountID("a\($0)") }.sorted())
        #expect(queue.next() == nil)
    }
}
