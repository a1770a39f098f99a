import TenureCore
import TenureEngine
import TenureFixtures
import TenureInsight
import TenureProgramme
import Testing

/// What is told of a clock: the promise, its waits and its end, each with its instant.
@Suite struct ClockStoryTests {
    /// Two invoices: one that was paid in time, one that is late.
    private func told() throws -> Snapshot {
        var ledger = Ledger(try workshop())
        ledger.set("2026-06-01T08:00:00Z", ["name": "Acme"])
        let due: JSON = "2026-06-01T09:00:00Z"
        ledger.take("2026-06-01T10:00:00Z", "invoice.updated", ["invoice": "i1", "status": "open", "due_at": due])
        ledger.take("2026-06-01T10:00:00Z", "invoice.updated", ["invoice": "i2", "status": "open", "due_at": due])
        ledger.take("2026-06-01T11:00:00Z", "invoice.updated", ["invoice": "i1", "status": "held"])
        ledger.take("2026-06-01T13:00:00Z", "invoice.updated", ["invoice": "i1", "status": "open"])
        ledger.take("2026-06-02T12:00:00Z", "invoice.updated", ["invoice": "i1", "status": "paid"])
        ledger.turn("2026-06-03T00:00:00Z")
        return ledger.snapshot(at: instant("2026-06-03T00:00:00Z"))
    }

    @Test func `late clocks stand first, what ended last`() throws {
        let stories = ClockStory.all(try told(), endedMax: 10).filter { $0.state.id.clock == "due" }
        #expect(stories.map(\.state.id.key) == ["i2", "i1"])
        #expect(stories.map(\.standing) == [.late, .met])
        #expect(ClockStory.all(try told(), endedMax: 0).allSatisfy(\.state.isRunning))
    }

    @Test func `a story tells start, promise, wait and end in their order`() throws {
        let story = try #require(ClockStory.all(try told(), endedMax: 10).first { $0.standing == .met })
        #expect(
            story.lines.map(\.text) == [
                "started by", "promised within 26h", "waited until 2026-06-01 15:00", "ended by",
            ])
        #expect(story.lines.map(\.code) == ["due_at", nil, nil, #"entity.status == "paid""#])
        #expect(story.state.due == instant("2026-06-02T13:00:00Z"))
        let late = try #require(ClockStory.all(try told(), endedMax: 10).first { $0.standing == .late })
        #expect(late.overdueSince == instant("2026-06-02T11:00:00Z"))
        #expect(late.lines.last?.text == "its target was missed")
    }

    @Test func `attainment is explained by the clocks that were judged and the facts behind them`() throws {
        let snapshot = try told()
        let found = try #require(MetricExplanation("paid.30d", snapshot, facts: []))
        #expect(found.value.value == 50)
        #expect(Set(found.parts.map { "\($0.id) \($0.value ?? -1)" }) == ["i1 due 100.0", "i2 due 0.0"])
        #expect(found.formula.contains("ended in time"))
    }
}
