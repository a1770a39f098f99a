import TenureCore

/// What every turn of a block reads: the programme, and the workspace as of the block.
package final class TurnContext: Sendable {
    package let programme: CompiledProgramme
    package let workspace: WorkspaceState

    /// By the programme's feeds: when anybody's event of the type was last recorded, and for how long silence is normal.
    private let heard: [(last: Instant, hours: Int)?]

    package init(programme: CompiledProgramme, workspace: WorkspaceState) {
        self.programme = programme
        self.workspace = workspace
        heard = programme.dependencies.feeds.map { feed in workspace.lastHeard(feed.type).map { ($0, feed.hours) } }
    }

    /// Whether nobody's events of the feed have come for too long.
    func isSilent(_ feed: Int, at now: Instant) -> Bool {
        heard[feed].map { WorkspaceState.isSilent(since: $0.last, hours: $0.hours, at: now) } ?? false
    }
}
