package import TenureCore

package enum SignalDecision: Hashable, Sendable {
    /// The condition began to hold (nil: stopped) and waits for its dwell.
    case holding(signal: String, since: Instant?)
    /// The condition cannot be decided any more, or can again.
    case held(signal: String, since: Instant?)
    case raised(signal: String)
    case cleared(signal: String)
    /// Would have been raised, but was seen behind the import fence.
    case withheld(signal: String)
    case acknowledged(signal: String, by: String, until: Instant?)
    case snoozed(signal: String, by: String, until: Instant)

    var kind: String {
        switch self {
        case .holding: "signalHolding"
        case .held: "signalHeld"
        case .raised: "signalRaised"
        case .cleared: "signalCleared"
        case .withheld: "signalWithheld"
        case .acknowledged: "signalAcknowledged"
        case .snoozed: "signalSnoozed"
        }
    }

    package var signal: String {
        switch self {
        case .holding(let signal, _), .held(let signal, _), .raised(let signal), .cleared(let signal),
            .withheld(let signal), .acknowledged(let signal, _, _), .snoozed(let signal, _, _):
            signal
        }
    }

    func apply(to conclusions: inout Conclusions, at: Instant) {
        let (index, isFound) = conclusions.place(ofSignal: signal)
        if !isFound { conclusions.signals.insert(SignalState(signal: signal), at: index) }
        apply(to: &conclusions.signals[index], at: at)
    }

    private func apply(to state: inout SignalState, at: Instant) {
        switch self {
        case .holding(_, let since): state.holdingSince = since
        case .held(_, let since): state.heldSince = since
        case .raised:
            state.openSince = at
            state.lastRaised = at
            state.isWithheld = false
            state.raisedCount += 1
            state.acknowledgedBy = nil
            state.acknowledgedUntil = nil
        case .cleared:
            state.openSince = nil
            state.holdingSince = nil
            state.isWithheld = false
        case .withheld: state.isWithheld = true
        case .acknowledged(_, let by, let until):
            state.acknowledgedBy = by
            state.acknowledgedUntil = until
        case .snoozed(_, _, let until): state.snoozedUntil = until
        }
    }

    func write(into writer: inout ByteWriter) {
        switch self {
        case .holding(_, let since):
            writer.write(byte: 0)
            writer.write(signal)
            writer.write(since) { $0.write($1) }
        case .held(_, let since):
            writer.write(byte: 1)
            writer.write(signal)
            writer.write(since) { $0.write($1) }
        case .raised:
            writer.write(byte: 2)
            writer.write(signal)
        case .cleared:
            writer.write(byte: 3)
            writer.write(signal)
        case .withheld:
            writer.write(byte: 4)
            writer.write(signal)
        case .acknowledged(_, let by, let until):
            writer.write(byte: 5)
            writer.write(signal)
            writer.write(by)
            writer.write(until) { $0.write($1) }
        case .snoozed(_, let by, let until):
            writer.write(byte: 6)
            writer.write(signal)
            writer.write(by)
            writer.write(until)
        }
    }

    init(from reader: inout ByteReader) throws {
        let tag = try reader.readByte()
        let signal = try reader.readString()
        switch tag {
        case 0: self = .holding(signal: signal, since: try reader.readOptional { try $0.readInstant() })
        case 1: self = .held(signal: signal, since: try reader.readOptional { try $0.readInstant() })
        case 2: self = .raised(signal: signal)
        case 3: self = .cleared(signal: signal)
        case 4: self = .withheld(signal: signal)
        case 5:
            self = .acknowledged(
                signal: signal, by: try reader.readString(), until: try reader.readOptional { try $0.readInstant() })
        case 6: self = .snoozed(signal: signal, by: try reader.readString(), until: try reader.readInstant())
        default: throw CorruptBytes(offset: reader.offset)
        }
    }
}
