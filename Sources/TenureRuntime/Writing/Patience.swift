import Dispatch

/// How long the writer lets facts gather before their turns.
package struct Patience: Sendable {
    /// Of a clock that only goes forward.
    let now: @Sendable () -> Duration
    /// How long what is durable may wait for more, after the last turns took so long.
    let wait: @Sendable (_ lastTurns: Duration) -> Duration

    package init(now: @escaping @Sendable () -> Duration, wait: @escaping @Sendable (_ lastTurns: Duration) -> Duration) {
        self.now = now
        self.wait = wait
    }

    /// A quarter of the time that the turns before took. More would feed on itself: what waits makes the next turns longer,
    /// and with as long as they took, half of what a workspace can do would be too much for it. Where turns are short
    /// nothing waits, so that a workspace that keeps up concludes at once.
    package static let measured = Patience(
        now: { .nanoseconds(DispatchTime.now().uptimeNanoseconds) }, wait: { $0 < shortest ? .zero : min($0 / 4, longest) })

    /// Every block is concluded on by itself.
    package static let none = Patience(now: { .zero }, wait: { _ in .zero })

    private static let shortest = Duration.milliseconds(10)
    private static let longest = Duration.milliseconds(250)

    /// When what comes in may wait, after turns that began at an instant of its clock.
    func window(after began: Duration) -> Range<Duration> {
        let ended = max(began, now())
        return ended..<(ended + max(.zero, wait(ended - began)))
    }
}
