import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Who would get what, and who is skipped and why, as of now.
struct BatchPlan {
    struct Item {
        let account: AccountState
        let name: String
        /// What the account would get, or why it gets nothing.
        let outcome: Outcome
    }

    enum Outcome {
        case gets(String)
        case skipped(String)
    }

    let items: [Item]

    init(_ batch: Batch, in workspace: Workspace, _ team: Team) {
        let programme = workspace.programme
        items = batch.accounts.compactMap { id in
            guard let account = workspace.account(id.text) else { return nil }
            let name = account.observations.profile["name"]?.string ?? account.observations.profile["id"]?.string ?? id.text
            let outcome: Outcome =
                switch batch.action {
                case .handOver(let role, let person): Self.handOver(role, to: person, account, team)
                case .start(let play): Self.start(programme.playPlan(play), workspace.snapshot(account), account, team)
                }
            return Item(account: account, name: name, outcome: outcome)
        }
    }

    var taken: [(item: Item, gets: String)] {
        items.compactMap { item in if case .gets(let what) = item.outcome { (item, what) } else { nil } }
    }

    var skipped: [(item: Item, reason: String)] {
        items.compactMap { item in if case .skipped(let reason) = item.outcome { (item, reason) } else { nil } }
    }

    private static func handOver(_ role: String, to person: String, _ account: AccountState, _ team: Team) -> Outcome {
        let owner = account.observations.profile[role]?.string
        guard let owner else { return .gets("nobody → \(team.name(person))") }
        if isSame(owner, person) || isSame(team.name(owner), team.name(person)) {
            return .skipped("\(team.name(person)) has it already.")
        }
        return .gets("\(team.name(owner)) → \(team.name(person))")
    }

    /// The engine is asked, as it will be asked again when the play is to start.
    private static func start(_ plan: PlayPlan?, _ snapshot: Snapshot, _ account: AccountState, _ team: Team) -> Outcome {
        guard let plan else { return .skipped(Refusal.Reason.noSuchPlay.words) }
        if let reason = snapshot.refusal(toStart: plan) { return .skipped(words(reason, plan, snapshot)) }
        let first = plan.play.steps.filter { $0.after.isEmpty }.map { step in
            let owner = OpenTask.owner(step.owner ?? plan.play.owner, account).map(team.name) ?? ""
            let messages = step.actions.count
            return "\(step.title) (\(owner)\(messages > 0 ? ", \(Wording.plural(messages, "message", "messages"))" : ""))"
        }
        return .gets(first.joined(separator: "; "))
    }

    /// The engine's reason, with what stands behind it at this account.
    private static func words(_ reason: Refusal.Reason, _ plan: PlayPlan, _ snapshot: Snapshot) -> String {
        let more: String? =
            switch reason {
            case .mayNotReenter: reentry(plan, snapshot)
            case .conditionMissing: plan.play.when.map { "It asks for \($0.source)." }
            case .wouldEndAtOnce: snapshot.standingExit(of: plan).map { "\(Wording.title($0.outcome)): \($0.when.source)." }
            case .alreadyRunning: started(plan, snapshot)
            case .noSuchPlay, .noSuchStep, .noSuchTask, .noSuchSignal, .notRunning, .notReady, .alreadyDone, .malformed,
                .notLive, .neverRaised, .nothingToTakeBack, .accountMerged:
                nil
            }
        return [reason.words, more].compactMap { $0 }.joined(separator: " ")
    }

    private static func started(_ plan: PlayPlan, _ snapshot: Snapshot) -> String? {
        snapshot.conclusions.lastRun(of: plan.play.id).map { "Since \(Wording.instant($0.started, snapshot.zone))." }
    }

    private static func reentry(_ plan: PlayPlan, _ snapshot: Snapshot) -> String? {
        switch snapshot.explain(play: plan.play.id)?.standing {
        case .neverAgain?: "It runs once only."
        case .waitingForReentry(let until)?: "It may start again from \(Wording.instant(until, snapshot.zone)) on."
        case _: nil
        }
    }
}
