import TenureCore
import TenureInsight

extension OpenTask {
    func document(of account: JSON, now: Instant) -> JSON {
        [
            "account": account, "play": .string(play), "play_title": .string(playTitle), "number": .int(Int64(number)),
            "step": .string(step), "step_title": .string(stepTitle), "task": .int(Int64(task)), "text": .string(text),
            "owner": .string(owner), "due": JSON(due?.text), "overdue": .bool(isOverdue(at: now)),
        ]
    }
}
