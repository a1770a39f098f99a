import TenureCore

/// What became of a clock, each time with the clock as it is from then on.
package enum SLADecision: Hashable, Sendable {
    case started(ClockState)
    /// Another target holds, or another start: measured from the start, with what has run already.
    case retargeted(ClockState)
    case paused(ClockState)
    case resumed(ClockState)
    case breached(ClockState)
    /// What was told late shows that the target was not missed.
    case excused(ClockState)
    case ended(ClockState)
    /// It goes on: what had ended it holds no longer.
    case reopened(ClockState)
    /// It had ended, and what was told late tells another story of that.
    case corrected(ClockState)
    /// There is no such clock: the facts were taken back, or its definition is gone.
    case dropped(ClockState)

    var kind: String {
        switch self {
        case .started: "clockStarted"
        case .retargeted: "clockRetargeted"
        case .paused: "clockPaused"
        case .resumed: "clockResumed"
        case .breached: "clockBreached"
        case .excused: "clockExcused"
        case .ended: "clockEnded"
        case .reopened: "clockReopened"
        case .corrected: "clockCorrected"
        case .dropped: "clockDropped"
        }
    }

    package var clock: ClockState {
        switch self {
        case .started(let clock), .retargeted(let clock), .paused(let clock), .resumed(let clock), .breached(let clock),
            .excused(let clock), .ended(let clock), .reopened(let clock), .corrected(let clock), .dropped(let clock):
            clock
        }
    }

    func apply(to clocks: inout ClockTable, at now: Instant) {
        if case .dropped(let clock) = self { return clocks.remove(clock.id) }
        clocks.put(clock, at: now)
    }
}

// MARK: - From one state to the next

extension SLADecision {
    /// What leads from what was known of a clock to what is known now; nothing where both say the same.
    static func steps(from known: ClockState?, to next: ClockState) -> [SLADecision] {
        guard let known else { return beginning(next) }
        if !next.isRunning { return ending(known, next) }
        if !known.isRunning { return [.reopened(next)] }
        return moves(from: known, to: next) + judgement(known, next)
    }

    private static func beginning(_ next: ClockState) -> [SLADecision] {
        var begun = next
        (begun.breachedAt, begun.ended, begun.evidence) = (nil, nil, 0)
        if !next.isRunning { return [.started(begun), .ended(next)] }
        return next.isBreached ? [.started(begun), .breached(next)] : [.started(begun)]
    }

    private static func ending(_ known: ClockState, _ next: ClockState) -> [SLADecision] {
        if known.isRunning { return [.ended(next)] }
        let isTheSame = known.ended == next.ended && known.isMet == next.isMet && known.due == next.due
        return isTheSame ? [] : [.corrected(next)]
    }

    /// Before it is judged by that.
    private static func moves(from known: ClockState, to next: ClockState) -> [SLADecision] {
        var moved = next
        moved.breachedAt = known.breachedAt
        guard moved != known else { return [] }
        if moved.target != known.target || moved.started != known.started { return [.retargeted(moved)] }
        return [moved.pausedSince == nil ? .resumed(moved) : .paused(moved)]
    }

    private static func judgement(_ known: ClockState, _ next: ClockState) -> [SLADecision] {
        switch (known.isBreached, next.isBreached) {
        case (false, true): [.breached(next)]
        case (true, false): [.excused(next)]
        case (true, true), (false, false): []
        }
    }
}

// MARK: - Bytes

extension SLADecision {
    func write(into writer: inout ByteWriter) {
        writer.write(byte: tag)
        writer.write(clock)
    }

    private var tag: UInt8 {
        switch self {
        case .started: 0
        case .retargeted: 1
        case .paused: 2
        case .resumed: 3
        case .breached: 4
        case .excused: 5
        case .ended: 6
        case .reopened: 7
        case .corrected: 8
        case .dropped: 9
        }
    }

    init(from reader: inout ByteReader) throws {
        let tag = try reader.readByte()
        let clock = try reader.readClockState()
        switch tag {
        case 0: self = .started(clock)
        case 1: self = .retargeted(clock)
        case 2: self = .paused(clock)
        case 3: self = .resumed(clock)
        case 4: self = .breached(clock)
        case 5: self = .excused(clock)
        case 6: self = .ended(clock)
        case 7: self = .reopened(clock)
        case 8: self = .corrected(clock)
        case 9: self = .dropped(clock)
        default: throw CorruptBytes(offset: reader.offset)
        }
    }
}
