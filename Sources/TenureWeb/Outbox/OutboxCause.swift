import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// Why a message is there: its key names the play, the step and what the step did.
struct OutboxCause: Sendable {
    let words: String
    let play: PlayInstance?

    init(_ row: OutboxRow, _ account: AccountState?, _ programme: CompiledProgramme) {
        let parts = row.key.split(separator: "/", maxSplits: 5).map(String.init)
        guard parts.count == 6, let number = Int32(parts[1]) else {
            (words, play) = ("", nil)
            return
        }
        play = account?.conclusions.plays.first { $0.number == number }
        guard let play else {
            words = "play \(number), step \(parts[2])"
            return
        }
        let plan = programme.playPlan(of: play)?.play
        let step = plan?.steps.first { isSame($0.id, parts[2]) }?.title ?? parts[2]
        words =
            PlayView.cause(play.cause, programme) + "; play \(plan?.title ?? play.play), step \(step), "
            + Self.action(parts[4], attempt: parts[3])
    }

    private static func action(_ action: String, attempt: String) -> String {
        let again = attempt == "1" ? "" : " for the \(attempt)th time"
        if action.hasPrefix("overdue"), let rung = Int(action.dropFirst("overdue".count)) {
            return "reminder \(rung + 1): it was not done in time" + again
        }
        return "when it started" + again
    }
}
