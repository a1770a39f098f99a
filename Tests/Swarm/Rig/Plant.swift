/// A bug on purpose, in what stands before the disk or the peer: a rig that does not find it proves nothing.
package enum Plant: String, CaseIterable, Sendable {
    /// A block is on the disk only with the next one.
    case acknowledgedBeforeFlush = "acknowledged-before-flush"
    /// States are saved without the position that belongs to them, when the power goes in between.
    case statesWithoutPosition = "states-without-position"
    /// Half of what a commit brings is there when the power goes in it: decisions and position, but no messages.
    case messagesOutsideCommit = "messages-outside-commit"
    /// What became of a message is not on the disk when the power goes.
    case settlementsForgotten = "settlements-forgotten"
    /// Each attempt goes out under a name of its own.
    case newMessageIDs = "new-message-ids"
    /// Of what the log holds, ids are forgotten at the start.
    case idsForgotten = "ids-forgotten"
    /// Ids that left memory are forgotten at the start.
    case runsForgotten = "runs-forgotten"
    /// A start reads on from where some accounts are not saved yet.
    case restartTooLate = "restart-too-late"
    /// At the start nobody looks whether what waits for its account has left already.
    case quarantineOverlooked = "quarantine-overlooked"
    /// What stopped everything is not looked up before sending.
    case stopOverlooked = "stop-overlooked"
    /// The log does not keep which blocks took their turns together.
    case turnsForgotten = "turns-forgotten"
    /// The product's clock is a day behind.
    case wokenLate = "woken-late"
}
