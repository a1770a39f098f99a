import TenureCore
import TenureEngine
import TenureProgramme

/// Something that a person is to tick off, in a step that is open now.
struct OpenTask: Sendable {
    let account: AccountState
    let play: PlayInstance
    let playTitle: String
    let step: Step
    let number: Int
    let due: Instant?
    /// The person, or the role nobody holds.
    let owner: String

    static func all(of account: AccountState, _ programme: CompiledProgramme) -> [OpenTask] {
        account.conclusions.plays.filter { $0.isRunning && $0.paused == nil }.flatMap { play in
            tasks(account, play, programme.playPlan(of: play))
        }
    }

    private static func tasks(_ account: AccountState, _ play: PlayInstance, _ plan: PlayPlan?) -> [OpenTask]
    {
        guard let plan else { return [] }
        return zip(play.steps, plan.steps).filter { $0.0.state == .ready }.flatMap { state, step in
            state.tasks.indices.filter { state.tasks[$0] == nil && step.step.tasks.indices.contains($0) }.map
            { number in
                OpenTask(
                    account: account, play: play, playTitle: plan.play.title, step: step.step, number: number,
                    due: state.due, owner: owner(step.step.owner ?? plan.play.owner, account) ?? "")
            }
        }
    }

    static func owner(_ role: String?, _ account: AccountState) -> String? {
        role.map { account.observations.profile[$0]?.string ?? $0 }
    }

    /// Soonest first; tasks without a due instant last.
    func isBefore(_ other: OpenTask) -> Bool {
        (due ?? .distantFuture, account.id, Int(play.number), number)
            < (other.due ?? .distantFuture, other.account.id, Int(other.play.number), other.number)
    }

    func document(now: Instant) -> JSON {
        [
            "account": WorkDocuments.reference(account), "play": .string(play.play),
            "play_title": .string(playTitle),
            "number": .int(Int64(play.number)), "step": .string(step.id), "step_title": .string(step.title),
            "task": .int(Int64(number)), "text": .string(step.tasks[number]), "owner": .string(owner),
            "due": JSON(due?.text), "overdue": .bool(due.map { $0 <= now } ?? false),
        ]
    }
}
