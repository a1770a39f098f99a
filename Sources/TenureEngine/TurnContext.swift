import TenureCore

/// What every turn of a block reads: the programme, and the workspace as of the block.
package final class TurnContext: Sendable {
    package let programme: CompiledProgramme
    package let workspace: WorkspaceState
    /// Whether a day that closes is kept with every metric, for people who look at it later.
    let keepsMetrics: Bool

    /// By the programme's feeds: when anybody's event of the type was last recorded, and for how long silence is normal.
    private let heard: [(last: Instant, hours: Int)?]

    /// - Parameter keepsMetrics: false for a life of which only the conclusions are wanted.
    package init(programme: CompiledProgramme, workspace: WorkspaceState, keepsMetrics: Bool = true) {
        self.programme = programme
        self.workspace = workspace
        self.keepsMetrics = keepsMetrics
        heard = programme.dependencies.feeds.map { feed in workspace.lastHeard(feed.type).map { ($0, feed.hours) } }
    }

    /// Whether nobody's events of the feed have come for too long.
    func isSilent(_ feed: Int, at now: Instant) -> Bool {
        heard[feed].map { WorkspaceState.isSilent(since: $0.last, hours: $0.hours, at: now) } ?? false
    }
}
