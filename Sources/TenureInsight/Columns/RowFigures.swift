package import TenureCore
import TenureEngine

/// Numbers of an account's row.
package struct RowFigures: Sendable, Equatable {
    package let score: Int16?
    /// Place among the model's bands, best first.
    package let band: Int16?
    package let change: Int16?
    /// The field's own, in hundredths of the programme's currency; nil: unknown, or no number of hundredths.
    package let arrField: Int64?
    package let arr: Int64?
    package let noticeBy: Day?
    package let today: Day
    /// Its number among the names of people.
    package let owner: Int32?
    package let isLeaving: Bool
    let leaves: Instant?
    let noticed: Instant?

    init(_ row: AccountRow, owner: Int32?) {
        let report = row.report
        score = report.score.map { Int16(clamping: $0) }
        band = report.bandPlace.map { Int16(clamping: $0) }
        change = report.change.map { Int16(clamping: $0) }
        arrField = report.arr.flatMap { Int64(exactly: ($0 * 100).rounded()) }
        arr = row.arr.hundredths
        noticeBy = report.noticeBy
        today = report.today
        self.owner = owner
        isLeaving = row.notice != nil
        leaves = row.notice?.effective
        noticed = row.notice?.version.recorded
    }

    /// It gave notice, and the day came; where the notice names none, it pays nothing any more.
    package func hasLeft(by now: Instant) -> Bool { isLeaving && (leaves.map { $0 <= now } ?? (arr == 0)) }

    /// Whether the last day for a notice is within so many days from today on.
    package func isNoticeNear(days: Int) -> Bool { noticeBy.map { $0.isWithin(days, from: today) } ?? false }
}

/// Numbers of a signal of which there is something to say at an account.
package struct SignalFigures: Sendable, Equatable {
    /// Its place in the programme.
    package let definition: Int
    package let isOpen: Bool
    package let isWithheld: Bool
    package let since: Instant?
    /// Until when the state is so; nil: it is not.
    private let acknowledged: Instant?
    private let snoozed: Instant?
    private let heldFalse: Instant?

    private static let forever = Instant(milliseconds: .max)

    init(_ known: AccountSignal) {
        let state = known.state
        definition = known.number
        isOpen = state.isOpen
        isWithheld = state.isWithheld
        since = known.since
        acknowledged = state.acknowledgedBy.map { _ in state.acknowledgedUntil ?? Self.forever }
        snoozed = state.snoozedUntil
        heldFalse = state.falseAlarm.map { $0.until ?? Self.forever }
    }

    package func isAcknowledged(at now: Instant) -> Bool { acknowledged.map { now < $0 } ?? false }
    package func isSnoozed(at now: Instant) -> Bool { snoozed.map { now < $0 } ?? false }
    package func isHeldFalse(at now: Instant) -> Bool { heldFalse.map { now < $0 } ?? false }
    /// Nobody has said that they look after it, or that it can wait.
    package func isUnattended(at now: Instant) -> Bool { !isSnoozed(at: now) && !isAcknowledged(at: now) }
}

/// Numbers of an open task.
package struct TaskFigures: Sendable, Equatable {
    package let due: Instant?
    /// Its number among the names of people.
    package let owner: Int32
    /// By which the tasks of an account are told apart: the play's number, then the task's place.
    package let place: Int64

    init(_ task: OpenTask, owner: Int32) {
        due = task.due
        self.owner = owner
        place = Int64(task.number) << 32 | Int64(UInt32(truncatingIfNeeded: task.task))
    }
}
