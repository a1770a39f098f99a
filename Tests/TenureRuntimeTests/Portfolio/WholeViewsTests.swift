import TenureCore
import Testing

@testable import TenureRuntime

/// What was made of all accounts is kept for whoever asks next, and how old it may be.
@Suite struct WholeViewsTests {
    private let start = Instant(milliseconds: 1_000_000_000_000)

    private func stamp(_ position: UInt64, day: Int32 = 1) -> WholeViews.Stamp { .init(position: position, day: Day(number: day)) }

    private func view(_ text: String, _ stamp: WholeViews.Stamp, _ made: Instant, cost: Int64 = 1) -> WholeViews.Kept {
        WholeViews.Kept(value: text, stamp: stamp, made: made, cost: cost, make: { _, _ in text }, asked: made)
    }

    @Test func `a small workspace gets what is of the last commit, or nothing`() {
        var views = WholeViews()
        views.keep("a", view("old", stamp(1), start))
        #expect(views.find("a", stamp(1), now: start + 1, isLarge: false)?.value as? String == "old")
        #expect(views.find("a", stamp(2), now: start + 1, isLarge: false) == nil)
        // What follows from the time alone is made anew once a minute.
        #expect(views.find("a", stamp(1), now: start + Milliseconds.minute, isLarge: false) == nil)
    }

    @Test func `a large one gets what was made last, but nothing of yesterday`() {
        var views = WholeViews()
        views.keep("a", view("old", stamp(1), start))
        #expect(views.find("a", stamp(9), now: start + Milliseconds.hour, isLarge: true)?.value as? String == "old")
        #expect(views.find("a", stamp(1, day: 2), now: start + 1, isLarge: true) == nil)
        #expect(views.find("b", stamp(1), now: start, isLarge: true) == nil)
    }

    @Test func `what people look at is made anew, the oldest first, and no more often than it costs`() {
        var views = WholeViews()
        views.keep("cheap", view("c", stamp(1), start))
        views.keep("dear", view("d", stamp(1), start + -1, cost: 2_000))
        #expect(views.due(stamp(2), now: start + 9_999)?.name == nil)
        #expect(views.due(stamp(2), now: start + 10_000)?.name == "cheap")
        #expect(views.due(stamp(2), now: start + 40_000)?.name == "dear")
        #expect(views.due(stamp(1), now: start + 40_000) == nil, "nothing was committed")
        #expect(views.due(stamp(2), now: start + 2 * Milliseconds.hour) == nil, "nobody asked for an hour")
    }

    @Test func `so many are kept, those that were asked for last`() {
        var views = WholeViews()
        for number in 0...WholeViews.countMax { views.keep("\(number)", view("", stamp(1), start + Int64(number))) }
        #expect(views.find("0", stamp(1), now: start, isLarge: true) == nil)
        #expect(views.find("1", stamp(1), now: start, isLarge: true) != nil)
    }
}
