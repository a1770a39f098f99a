package import TenureCore

/// What is known of one signal at one account.
package struct SignalState: Hashable, Sendable {
    package var signal: String
    /// Open since; nil: closed.
    package var openSince: Instant?
    package var lastRaised: Instant?
    package var raisedCount: Int32 = 0
    /// The condition has held since, waiting for its dwell.
    package var holdingSince: Instant?
    /// The condition could not be decided since: neither raised nor cleared, and its dwell clock stands.
    package var heldSince: Instant?
    /// It holds, but was seen behind the import fence only.
    package var isWithheld = false
    package var acknowledgedBy: String?
    package var acknowledgedUntil: Instant?
    package var snoozedBy: String?
    package var snoozedUntil: Instant?
    /// Somebody said that it was wrong, and it stays closed.
    package var falseAlarm: FalseAlarm?
    /// Who said that it was right, the last time it was open.
    package var confirmedBy: String?

    package init(signal: String) { self.signal = signal }

    package var isOpen: Bool { openSince != nil }
}

extension ByteWriter {
    mutating func write(_ state: SignalState) {
        write(state.signal)
        write(state.openSince) { $0.write($1) }
        write(state.lastRaised) { $0.write($1) }
        write(state.raisedCount)
        write(state.holdingSince) { $0.write($1) }
        write(state.heldSince) { $0.write($1) }
        write(state.isWithheld)
        write(state.acknowledgedBy) { $0.write($1) }
        write(state.acknowledgedUntil) { $0.write($1) }
        write(state.snoozedUntil) { $0.write($1) }
        write(state.snoozedBy) { $0.write($1) }
        write(state.falseAlarm) { $0.write($1) }
        write(state.confirmedBy) { $0.write($1) }
    }
}

extension ByteReader {
    /// - Parameter format: of the state that it is part of.
    mutating func readSignalState(format: UInt8) throws -> SignalState {
        var state = SignalState(signal: try readString())
        state.openSince = try readOptional { try $0.readInstant() }
        state.lastRaised = try readOptional { try $0.readInstant() }
        state.raisedCount = try readInt32()
        state.holdingSince = try readOptional { try $0.readInstant() }
        state.heldSince = try readOptional { try $0.readInstant() }
        state.isWithheld = try readBool()
        state.acknowledgedBy = try readOptional { try $0.readString() }
        state.acknowledgedUntil = try readOptional { try $0.readInstant() }
        state.snoozedUntil = try readOptional { try $0.readInstant() }
        guard format > 2 else { return state }
        state.snoozedBy = try readOptional { try $0.readString() }
        state.falseAlarm = try readOptional { try $0.readFalseAlarm() }
        state.confirmedBy = try readOptional { try $0.readString() }
        return state
    }
}
