package import TenureCore
package import TenureEngine
import TenureProgramme

/// A play that runs at an account, as lists tell of it.
package struct RunningPlay: Sendable {
    package let play: String
    package let title: String
    /// The play's number at its account.
    package let number: Int32
    package let started: Instant
    package let cause: String
    /// The person, or the role nobody holds; nil: it has no owner.
    package let owner: String?
    package let isPaused: Bool
    package let programmeVersion: Int

    /// In the order in which they were started.
    package static func all(of account: AccountState, _ programme: CompiledProgramme) -> [RunningPlay] {
        account.conclusions.plays.filter(\.isRunning).map { run in
            let play = programme.playPlan(of: run)?.play
            return RunningPlay(
                play: run.play, title: play?.title ?? run.play, number: run.number, started: run.started, cause: run.cause,
                owner: OpenTask.owner(play?.owner, account), isPaused: run.paused != nil, programmeVersion: run.programmeVersion)
        }
    }
}
