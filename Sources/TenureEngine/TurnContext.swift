/// What every turn of a block reads: the programme, and the workspace as of the block.
package final class TurnContext: Sendable {
    package let programme: CompiledProgramme
    package let workspace: WorkspaceState

    package init(programme: CompiledProgramme, workspace: WorkspaceState) {
        self.programme = programme
        self.workspace = workspace
    }
}
