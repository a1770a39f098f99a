package import TenureCore
package import TenureProgramme

/// Which clock: of which SLA, on which entity.
package struct ClockID: Hashable, Sendable {
    package var sla: String
    package var clock: String
    /// The entity's key.
    package var key: String

    package init(sla: String, clock: String, key: String) {
        self.sla = sla
        self.clock = clock
        self.key = key
    }

    static func precedes(_ left: ClockID, _ right: ClockID) -> Bool {
        if !isSame(left.sla, right.sla) { return TenureCore.precedes(left.sla, right.sla) }
        if !isSame(left.clock, right.clock) { return TenureCore.precedes(left.clock, right.clock) }
        return TenureCore.precedes(left.key, right.key)
    }

    static func areSame(_ left: ClockID, _ right: ClockID) -> Bool {
        isSame(left.key, right.key) && isSame(left.clock, right.clock) && isSame(left.sla, right.sla)
    }

    /// - Parameter clock: nil: any of the SLA.
    func isOf(_ sla: String, _ clock: String?) -> Bool {
        isSame(self.sla, sla) && (clock.map { isSame(self.clock, $0) } ?? true)
    }
}

/// What was promised of one clock: the place of the target among those of its clock, and its time.
package struct ClockTarget: Hashable, Sendable {
    package var rule: Int
    package var within: Span

    package init(rule: Int, within: Span) {
        self.rule = rule
        self.within = within
    }
}

/// What was concluded of one clock.
package struct ClockState: Hashable, Sendable {
    package var id: ClockID
    package var started: Instant
    /// nil: nothing is promised for such an entity at such an account.
    package var target: ClockTarget?
    /// While it waits, when it would have been due without that.
    package var due: Instant?
    package var pausedSince: Instant?
    /// When it was seen that the target was missed.
    package var breachedAt: Instant?
    package var ended: Instant?
    /// Of the facts up to its end: an ended clock is judged again when these change, and for no other reason.
    package var evidence: UInt64 = 0

    package init(id: ClockID, started: Instant) {
        self.id = id
        self.started = started
    }

    package var isRunning: Bool { ended == nil }
    package var isBreached: Bool { breachedAt != nil }
    /// Whether it ended in time; nil: it runs, or nothing was promised.
    package var isMet: Bool? { ended == nil || target == nil ? nil : breachedAt == nil }

    package var standing: ClockStanding {
        if target == nil { return .undefined }
        if let isMet { return isMet ? .met : .missed }
        return isBreached ? .late : pausedSince == nil ? .running : .waiting
    }

    /// When time alone changes something.
    var timer: Instant? { ended == nil && pausedSince == nil && breachedAt == nil ? due : nil }
}

extension ByteWriter {
    mutating func write(_ clock: ClockState) {
        write(clock.id.sla)
        write(clock.id.clock)
        write(clock.id.key)
        write(clock.started)
        write(clock.target) { writer, target in
            writer.write(target.rule)
            writer.write(target.within.text)
        }
        for instant in [clock.due, clock.pausedSince, clock.breachedAt, clock.ended] { write(instant) { $0.write($1) } }
        writeFixed(clock.evidence)
    }
}

extension ByteReader {
    mutating func readClockState() throws -> ClockState {
        let id = ClockID(sla: try readString(), clock: try readString(), key: try readString())
        var clock = ClockState(id: id, started: try readInstant())
        clock.target = try readOptional { ClockTarget(rule: try $0.readInt(), within: try $0.readSpan()) }
        clock.due = try readOptional { try $0.readInstant() }
        clock.pausedSince = try readOptional { try $0.readInstant() }
        clock.breachedAt = try readOptional { try $0.readInstant() }
        clock.ended = try readOptional { try $0.readInstant() }
        clock.evidence = try readFixed()
        return clock
    }

    private mutating func readSpan() throws -> Span {
        guard let span = Span(text: try readString()) else { throw CorruptBytes(offset: offset) }
        return span
    }
}
