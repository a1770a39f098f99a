package import TenureAuthoring
import TenureProgramme

/// A programme of which one number was moved, and who noticed.
package struct MovedNumber: Sendable {
    package enum Outcome: Sendable {
        /// A scenario failed.
        case broken(ScenarioFailure)
        /// The reader reports a mistake, so that the number can not be mistyped like this; no scenario was run.
        case refused(Diagnostic)
        /// Nobody noticed.
        case survived
    }

    package var move: Move
    package var outcome: Outcome
}

extension MutationCheck {
    /// One for each move, in their order; `tell` hears of each as soon as it is known. `width` run side by side.
    package func moved(_ moves: [Move], width: Int, tell: (Int) -> Void) async -> [MovedNumber] {
        await sideBySide(moves, width: width, tell: tell) { move in MovedNumber(move: move, outcome: outcome(move)) }
    }

    private func outcome(_ move: Move) -> MovedNumber.Outcome {
        let moved = draft.read(moving: move)
        guard let programme = moved.programme else { return moved.mistakes.first.map { .refused($0) } ?? .survived }
        // The moved programme's own tests, for a window's new name is in them.
        if let failure = failure(of: programme, programme.scenarios, nearestTo: move.definition) { return .broken(failure) }
        return moved.unreadable.map { .broken(.unreadable($0.test, $0.mistake)) } ?? .survived
    }
}
