import TenureFixtures

/// What the world around the product may do to it.
package enum Fault: String, CaseIterable, Sendable {
    // Senders
    case sentAgain = "sent-again"
    case otherContent = "other-content"
    case outOfOrder = "out-of-order"
    case late
    case takenBack = "taken-back"
    case unknownAccount = "unknown-account"
    case answerLost = "answer-lost"
    // Storage
    case logFull = "log-full"
    case logFlushFails = "log-flush-fails"
    case cutBeforeLog = "cut-before-log"
    case cutAfterLog = "cut-after-log"
    case storeFull = "store-full"
    case storeFails = "store-fails"
    case cutBeforeCommit = "cut-before-commit"
    case cutAfterCommit = "cut-after-commit"
    case settlementFails = "settlement-fails"
    case fileRefused = "file-refused"
    case fileLost = "file-lost"
    case cutBesideLog = "cut-beside-log"
    // The post office's peers
    case mailDeferred = "mail-deferred"
    case mailRefused = "mail-refused"
    case mailTakenInSilence = "mail-taken-in-silence"
    case mailLostInSilence = "mail-lost-in-silence"
    case cutWhileSending = "cut-while-sending"
    // Time, and people
    case clockBack = "clock-back"
    case clockLeap = "clock-leap"
    case restart
    case otherBuild = "other-build"
    case newVersion = "new-version"
    case allStopped = "all-stopped"
    case addressSuppressed = "address-suppressed"
    case tasksTicked = "tasks-ticked"
    case accountsMerged = "accounts-merged"
    case mergeUndone = "merge-undone"
    // The writer's own patience, and what falls between two of its looks at the clock
    case factsGather = "facts-gather"
    case clockRuns = "clock-runs"
}

/// How often each fault happens in one run, in thousandths. Each run has some of them and not others: what always goes wrong
/// together hides what goes wrong alone.
package struct FaultMix: Sendable, CustomStringConvertible {
    private(set) var permille: [Fault: Int] = [:]

    package static let none = FaultMix()

    private init() {}

    init(_ numbers: inout SeededNumbers) {
        for fault in Fault.allCases where numbers.oneIn(2) { permille[fault] = 1 + numbers.below(fault.permilleMax) }
    }

    package func without(_ fault: Fault) -> FaultMix {
        var less = self
        less.permille[fault] = nil
        return less
    }

    package var description: String {
        Fault.allCases.compactMap { fault in permille[fault].map { "\(fault.rawValue) \($0)" } }.joined(separator: ", ")
    }
}

extension Fault {
    /// A run ends only if more goes well than not.
    fileprivate var permilleMax: Int {
        switch self {
        case .sentAgain, .outOfOrder, .mailDeferred, .factsGather: 400
        case .late, .unknownAccount, .answerLost, .mailTakenInSilence, .mailLostInSilence, .tasksTicked, .clockRuns: 200
        case .otherContent, .takenBack, .mailRefused, .restart, .fileRefused, .fileLost, .accountsMerged, .mergeUndone: 80
        case .otherBuild: 500
        case .logFull, .storeFull, .cutBeforeLog, .cutAfterLog, .cutBeforeCommit, .cutAfterCommit, .cutBesideLog, .cutWhileSending: 60
        case .logFlushFails, .storeFails, .settlementFails, .clockBack, .clockLeap, .newVersion, .allStopped, .addressSuppressed: 30
        }
    }
}
