import TenureCore

/// The facts that the product itself knows and that a scenario may state, with what they must name.
enum ProductFact {
    enum Key: String { case flag, play, step, signal, contact, role }

    static let required: [(type: String, keys: [Key])] = [
        (FactType.accountChanged, []), (FactType.contactChanged, [.contact]), (FactType.gradeGiven, []),
        (FactType.pulseGiven, []), (FactType.flagRaised, [.flag]), (FactType.flagCleared, [.flag]),
        (FactType.noteAdded, []), (FactType.ownerAssigned, [.role]),
        (FactType.taskCompleted, [.play, .step]),
        (FactType.taskReopened, [.play, .step]), (FactType.stepSignedOff, [.play, .step]),
        (FactType.playStarted, [.play]), (FactType.playStopped, [.play]), (FactType.playPaused, [.play]),
        (FactType.playResumed, [.play]), (FactType.signalAcknowledged, [.signal]),
        (FactType.signalSnoozed, [.signal]), (FactType.signalMarkedFalse, [.signal]),
        (FactType.signalConfirmed, [.signal]), (FactType.signalTakenBack, [.signal]),
    ]

    /// Names that no event of a programme may have.
    static let names: [String] =
        required.map(\.type) + [
            FactType.messageSettled, FactType.workspaceWentLive, FactType.programmePublished,
            FactType.clockReached,
        ]
}
