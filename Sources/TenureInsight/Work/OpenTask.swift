package import TenureCore
package import TenureEngine
import TenureProgramme

/// Something that a person is to tick off, in a step that is open now.
package struct OpenTask: Hashable, Sendable {
    package let play: String
    package let playTitle: String
    /// The play's number at its account.
    package let number: Int32
    package let step: String
    package let stepTitle: String
    /// Its place among the step's tasks.
    package let task: Int
    package let text: String
    package let due: Instant?
    /// The person, or the role nobody holds; empty: it is nobody's.
    package let owner: String

    /// Of all plays that run and are not paused, in their order.
    package static func all(of account: AccountState, _ programme: CompiledProgramme) -> [OpenTask] {
        account.conclusions.plays.filter { $0.isRunning && $0.paused == nil }.flatMap { play in
            tasks(account, play, programme.playPlan(of: play))
        }
    }

    private static func tasks(_ account: AccountState, _ play: PlayInstance, _ plan: PlayPlan?) -> [OpenTask] {
        guard let plan else { return [] }
        return zip(play.steps, plan.steps).filter { $0.0.state == .ready }.flatMap { state, step in
            state.tasks.indices.filter { state.tasks[$0] == nil && step.step.tasks.indices.contains($0) }.map { task in
                OpenTask(
                    play: play.play, playTitle: plan.play.title, number: play.number, step: step.step.id,
                    stepTitle: step.step.title, task: task, text: step.step.tasks[task], due: state.due,
                    owner: owner(step.step.owner ?? plan.play.owner, account) ?? "")
            }
        }
    }

    /// Who holds a role at the account; the role itself where nobody does.
    package static func owner(_ role: String?, _ account: AccountState) -> String? {
        role.map { account.observations.profile[$0]?.string ?? $0 }
    }

    package func isOverdue(at now: Instant) -> Bool { due.map { $0 <= now } ?? false }

    /// Soonest first; without a due instant last.
    package static func isBefore(_ left: (task: OpenTask, account: AccountID), _ right: (task: OpenTask, account: AccountID)) -> Bool {
        (left.task.due?.milliseconds ?? .max, left.account, Int(left.task.number), left.task.task)
            < (right.task.due?.milliseconds ?? .max, right.account, Int(right.task.number), right.task.task)
    }
}
