import TenureCore

/// What every turn of a block reads: the programme, and the workspace as of the block.
package final class TurnContext: Sendable {
    package let programme: CompiledProgramme
    package let workspace: WorkspaceState
    /// Whether a day that closes is kept with every metric, for people who look at it later.
    let keepsMetrics: Bool

    /// By the programme's feeds: when anybody's event of the type was last recorded, and for how long silence is normal.
    private let heard: [(last: Instant, hours: Int)?]
    /// When what all customers share next changes for one whose clock stands earlier: a feed falls silent, or spoke again.
    private let changes: [Instant]

    /// - Parameter keepsMetrics: false for a life of which only the conclusions are wanted.
    package init(programme: CompiledProgramme, workspace: WorkspaceState, keepsMetrics: Bool = true) {
        self.programme = programme
        self.workspace = workspace
        self.keepsMetrics = keepsMetrics
        heard = programme.dependencies.feeds.map { feed in workspace.lastHeard(feed.type).map { ($0, feed.hours) } }
        let silences = heard.compactMap { $0.map { WorkspaceState.silent(since: $0.last, hours: $0.hours) } }
        changes = silences + [workspace.resumed].compactMap(\.self)
    }

    /// The earliest instant after `clock` at which a feed falls silent for everybody, or spoke again.
    func nextChange(after clock: Instant) -> Instant? {
        var next: Instant?
        for change in changes where change > clock && next.map({ change < $0 }) ?? true { next = change }
        return next
    }

    /// Whether nobody's events of the feed have come for too long.
    func isSilent(_ feed: Int, at now: Instant) -> Bool {
        heard[feed].map { WorkspaceState.isSilent(since: $0.last, hours: $0.hours, at: now) } ?? false
    }
}
