import TenureCore

extension SignalDecision {
    func write(into writer: inout ByteWriter) {
        writer.write(byte: tag)
        writer.write(signal)
        switch self {
        case .holding(_, let since), .held(_, let since): writer.write(since) { $0.write($1) }
        case .raised, .cleared, .withheld: break
        case .acknowledged(_, let by, let until):
            writer.write(by)
            writer.write(until) { $0.write($1) }
        case .snoozed(_, let by, let until):
            writer.write(by)
            writer.write(until)
        case .markedFalse(_, let by, let reason, let until):
            writer.write(by)
            writer.write(reason)
            writer.write(until) { $0.write($1) }
        case .confirmed(_, let by, let reason):
            writer.write(by)
            writer.write(reason)
        case .takenBack(_, let by, let treatment):
            writer.write(by)
            writer.write(treatment)
        }
    }

    private var tag: UInt8 {
        switch self {
        case .holding: 0
        case .held: 1
        case .raised: 2
        case .cleared: 3
        case .withheld: 4
        case .acknowledged: 5
        case .snoozed: 6
        case .markedFalse: 7
        case .confirmed: 8
        case .takenBack: 9
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
        case 5, 6, 7, 8, 9: self = try Self.said(tag, of: signal, &reader)
        default: throw CorruptBytes(offset: reader.offset)
        }
    }

    /// What a person decided.
    private static func said(_ tag: UInt8, of signal: String, _ reader: inout ByteReader) throws -> SignalDecision {
        let by = try reader.readString()
        return switch tag {
        case 5: .acknowledged(signal: signal, by: by, until: try reader.readOptional { try $0.readInstant() })
        case 6: .snoozed(signal: signal, by: by, until: try reader.readInstant())
        case 7:
            .markedFalse(
                signal: signal, by: by, reason: try reader.readString(),
                until: try reader.readOptional { try $0.readInstant() })
        case 8: .confirmed(signal: signal, by: by, reason: try reader.readString())
        default: .takenBack(signal: signal, by: by, try reader.readSignalTreatment())
        }
    }
}
