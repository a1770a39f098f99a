package import TenureCore

/// What a person can say of a signal, each of which can be taken back.
package enum SignalTreatment: String, Hashable, Sendable, CaseIterable {
    case acknowledgement
    case snooze
    case falseAlarm = "false_alarm"
    case confirmation
}

/// A person's word that a signal was wrong: until it would have cleared, or the instant has come, it stays closed.
package struct FalseAlarm: Hashable, Sendable {
    package var by: String
    package var reason: String
    package var at: Instant
    /// nil: for as long as it would have stayed open.
    package var until: Instant?
    /// Since when it had been open.
    package var openedAt: Instant
}

extension SignalState {
    package func isAcknowledged(at now: Instant) -> Bool {
        acknowledgedBy != nil && acknowledgedUntil.map { now < $0 } ?? true
    }

    package func isSnoozed(at now: Instant) -> Bool { snoozedUntil.map { now < $0 } ?? false }

    /// Whether a false alarm keeps it closed.
    package func isHeldFalse(at now: Instant) -> Bool {
        falseAlarm.map { alarm in alarm.until.map { now < $0 } ?? true } ?? false
    }
}

extension SignalState {
    /// Of one that had closed by itself nothing is held back: only the judgement counts.
    mutating func mark(falseBy by: String, _ reason: String, at now: Instant, until: Instant?) {
        confirmedBy = nil
        guard let openSince else { return }
        falseAlarm = FalseAlarm(by: by, reason: reason, at: now, until: until, openedAt: openSince)
        self.openSince = nil
        holdingSince = nil
    }

    /// What a false alarm had closed is open again, since when it was.
    mutating func takeBack(_ treatment: SignalTreatment) {
        switch treatment {
        case .acknowledgement:
            acknowledgedBy = nil
            acknowledgedUntil = nil
        case .snooze:
            snoozedBy = nil
            snoozedUntil = nil
        case .falseAlarm:
            openSince = openSince ?? falseAlarm?.openedAt
            falseAlarm = nil
        case .confirmation: confirmedBy = nil
        }
    }

    /// Whether it was said and still counts, so that it can be taken back.
    package func stands(_ treatment: SignalTreatment, at now: Instant) -> Bool {
        switch treatment {
        case .acknowledgement: isAcknowledged(at: now)
        case .snooze: isSnoozed(at: now)
        case .falseAlarm: isHeldFalse(at: now)
        case .confirmation: confirmedBy != nil
        }
    }
}

extension ByteWriter {
    mutating func write(_ treatment: SignalTreatment) { write(treatment.rawValue) }

    mutating func write(_ alarm: FalseAlarm) {
        write(alarm.by)
        write(alarm.reason)
        write(alarm.at)
        write(alarm.until) { $0.write($1) }
        write(alarm.openedAt)
    }
}

extension ByteReader {
    mutating func readSignalTreatment() throws -> SignalTreatment {
        guard let treatment = SignalTreatment(rawValue: try readString()) else { throw CorruptBytes(offset: offset) }
        return treatment
    }

    mutating func readFalseAlarm() throws -> FalseAlarm {
        FalseAlarm(
            by: try readString(), reason: try readString(), at: try readInstant(),
            until: try readOptional { try $0.readInstant() }, openedAt: try readInstant())
    }
}
