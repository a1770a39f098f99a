import TenureCore
import TenureProgramme

/// What people do with plays.
extension WorkForm {
    static let startPlay = WorkForm(
        id: "start", path: "/plays", command: .startPlay, button: "Start the play",
        fields: [
            WorkField(name: "play", label: "Play", kind: .choice(.plays), isRequired: true),
            WorkField(
                name: FactField.heedsRules, label: "Only if its own rules allow it now", kind: .tick, value: "true"),
        ],
        done: { typed, context in "Started: \(title(typed["play"], context))." }, deed: .start, part: "plays")

    static let pausePlay = steering("pause", .pausePlay, "Pause", done: "Paused the play.")
    static let resumePlay = steering("resume", .resumePlay, "Resume", done: "Resumed the play.", asksReason: false)

    static let stopPlay = WorkForm(
        id: "stop", path: "/plays/{number}/stop", command: .stopPlay, button: "Stop",
        fields: [
            reason(isRequired: false),
            WorkField(
                name: "outcome", label: "Outcome (a word of a-z, 0-9 and _)", kind: .line, value: "stopped",
                pattern: WorkField.namePattern),
        ], done: { _, _ in "Stopped the play." }, part: "plays")

    private static func steering(
        _ verb: String, _ command: Command, _ button: String, done: String, asksReason: Bool = true
    ) -> WorkForm {
        WorkForm(
            id: verb, path: "/plays/{number}/" + verb, command: command, button: button,
            fields: asksReason ? [reason(isRequired: false)] : [], done: { _, _ in done }, part: "plays")
    }

    private static let step = "/plays/{number}/steps/{step}"

    static let completeTask = WorkForm(
        id: "complete", path: step + "/tasks/{task}/completion", command: .completeTask, button: "Done",
        done: { _, _ in "Ticked off the task." }, part: "plays")

    static let reopenTask = WorkForm(
        id: "reopen", path: step + "/tasks/{task}/reopening", command: .reopenTask, button: "Not done",
        done: { _, _ in "Opened the task again." }, part: "plays")

    static let signOff = WorkForm(
        id: "sign-off", path: step + "/sign-off", command: .signOff, button: "Sign off",
        done: { _, _ in "Signed off the step." }, part: "plays")

    private static func title(_ play: String?, _ context: WorkContext) -> String {
        context.programme.plays.first { $0.id == play }?.title ?? ""
    }
}
