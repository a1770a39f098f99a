/// When the writer lets facts gather before their turns.
package struct Patience: Sendable {
    /// How long what is durable may wait for more, after the last turns took so long.
    let wait: @Sendable (_ lastTurns: Duration) -> Duration

    package init(wait: @escaping @Sendable (_ lastTurns: Duration) -> Duration) { self.wait = wait }

    /// As long as the turns before it took: taking in and concluding share the time evenly. Where turns are short nothing
    /// waits, so that a workspace that keeps up concludes at once.
    package static let measured = Patience { $0 < shortest ? .zero : min($0, longest) }

    private static let shortest = Duration.milliseconds(10)
    private static let longest = Duration.milliseconds(250)
}
