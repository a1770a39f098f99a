import TenureCore
import TenureEngine
import TenureProgramme

/// What people do with plays.
extension Command {
    static let completeTask = task(FactType.taskCompleted)
    static let reopenTask = task(FactType.taskReopened)

    private static func task(_ type: String) -> Command {
        Command { _, context in
            try step(type, context, [.init("task", try context.number("task"))])
        }
    }

    static let signOff = Command { _, context in try step(FactType.stepSignedOff, context) }

    private static func step(_ type: String, _ context: Context, _ more: [JSONObject.Member] = []) throws -> Outcome {
        let asked: JSONObject = ["step": context.name("step"), "by": .string(context.author)]
        return Outcome(type, JSONObject(try context.play().members + more + asked.members))
    }

    static let startPlay = Command { fields, context in
        let play = fields.choice("play", of: context.programme.programme.plays.map(\.id), required: true)
        let heeds = fields.flag(FactField.heedsRules) == true ? JSON.bool(true) : nil
        return Outcome(
            FactType.playStarted, data([("play", play), ("by", context.author)], [(FactField.heedsRules, heeds)]))
    }

    static let pausePlay = steer(FactType.playPaused)
    static let resumePlay = steer(FactType.playResumed)
    static let stopPlay = steer(FactType.playStopped)

    private static func steer(_ type: String) -> Command {
        Command { fields, context in
            let reason = fields.text("reason", bytesMax: CommandFields.reasonBytesMax)
            let outcome = type == FactType.playStopped ? fields.text("outcome", bytesMax: 64) : nil
            if let outcome, !isName(outcome) {
                fields.refuse("outcome", "an outcome is named with a-z, 0-9 and _")
            }
            let asked = data([("reason", reason), ("outcome", outcome), ("by", context.author)])
            return Outcome(type, JSONObject(try context.play().members + asked.members))
        }
    }
}
