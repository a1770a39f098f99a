package import TenureCore

/// What every turn of a block reads: the programme, and the workspace as of the block.
package final class TurnContext: Sendable {
    package let programme: CompiledProgramme
    package let workspace: WorkspaceState
    /// Whether a day that closes is kept with every metric, for people who look at it later.
    let keepsMetrics: Bool
    /// False where what was concluded is recorded: time passes and facts are folded, and nothing is decided.
    let concludes: Bool

    /// By the programme's feeds; nil: nobody was ever heard of.
    private let silences: [Silence?]
    /// When what all accounts share next changes for one whose clock stands earlier: a source falls silent, or has settled.
    private let changes: [Instant]
    /// Silences of sources that conclusions follow from. What only people look at is as of their look.
    private let concluded: [Silence]

    /// - Parameters:
    ///   - keepsMetrics: false for a life of which only the conclusions are wanted.
    ///   - concludes: false for a life whose conclusions are recorded.
    package init(
        programme: CompiledProgramme, workspace: WorkspaceState, keepsMetrics: Bool = true, concludes: Bool = true
    ) {
        self.programme = programme
        self.workspace = workspace
        self.keepsMetrics = keepsMetrics
        self.concludes = concludes
        let feeds = programme.dependencies.feeds
        silences = feeds.map { workspace.silence(of: $0.type, hours: $0.hours) }
        concluded = zip(feeds, silences).filter { $0.0.isConcluded }.compactMap(\.1)
        changes = concluded.flatMap(\.changes)
    }

    /// Whether nobody's events of the feed have come for too long, or not for long enough again.
    func isSilent(_ feed: Int, at now: Instant) -> Bool { silences[feed]?.holds(at: now) ?? false }

    /// The earliest instant after `clock` at which a source falls silent for everybody, or has settled.
    func nextChange(after clock: Instant) -> Instant? {
        var next: Instant?
        for change in changes where change > clock && next.map({ change < $0 }) ?? true { next = change }
        return next
    }

    /// When a source has settled that spoke again with the block of that instant; nil: none did.
    package func settling(since now: Instant) -> Instant? {
        concluded.first { $0.earlier?.spoke == now }?.earlier?.span.upperBound
    }
}
