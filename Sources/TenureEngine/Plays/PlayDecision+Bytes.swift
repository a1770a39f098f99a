import TenureCore

extension PlayDecision {
    func write(into writer: inout ByteWriter) {
        switch self {
        case .started(let play, let number, let version, let cause, let tasks):
            writer.write(tag: 0, number)
            writer.write(play)
            writer.write(version)
            writer.write(cause)
            writer.write(list: tasks) { $0.write($1) }
        case .ended(let number, let outcome):
            writer.write(tag: 1, number)
            writer.write(outcome)
        case .paused(let number, let by, let reason):
            writer.write(tag: 2, number)
            writer.write(by)
            writer.write(reason)
        case .resumed(let number, let by):
            writer.write(tag: 3, number)
            writer.write(by)
        case .stepReady(let number, let step, let attempt, let due):
            writer.write(tag: 4, number, step)
            writer.write(attempt)
            writer.write(due) { $0.write($1) }
        case .stepDue(let number, let step, let due):
            writer.write(tag: 5, number, step)
            writer.write(due) { $0.write($1) }
        case .stepDone(let number, let step, let evidence):
            writer.write(tag: 6, number, step)
            writer.write(evidence)
        case .stepSkipped(let number, let step, let reason):
            writer.write(tag: 7, number, step)
            writer.write(reason)
        case .stepEscalated(let number, let step, let escalation):
            writer.write(tag: 8, number, step)
            writer.write(escalation)
        case .taskCompleted(let number, let step, let task, let by):
            writer.write(tag: 9, number, step)
            writer.write(task)
            writer.write(by)
        case .taskReopened(let number, let step, let task, let by):
            writer.write(tag: 10, number, step)
            writer.write(task)
            writer.write(by)
        case .signedOff(let number, let step, let by):
            writer.write(tag: 11, number, step)
            writer.write(by)
        case .moved(let number, let version):
            writer.write(tag: 12, number)
            writer.write(version)
        }
    }

    init(from reader: inout ByteReader) throws {
        let tag = try reader.readByte()
        let number = try reader.readInt32()
        switch tag {
        case 0:
            self = .started(
                play: try reader.readString(), number: number, programmeVersion: try reader.readInt(),
                cause: try reader.readString(), tasksByStep: try reader.readList { try $0.readInt() })
        case 1: self = .ended(number: number, outcome: try reader.readString())
        case 2: self = .paused(number: number, by: try reader.readString(), reason: try reader.readString())
        case 3: self = .resumed(number: number, by: try reader.readString())
        case 4...11: self = try Self.stepDecision(tag, number, try reader.readInt(), &reader)
        case 12: self = .moved(number: number, programmeVersion: try reader.readInt())
        default: throw CorruptBytes(offset: reader.offset)
        }
    }

    private static func stepDecision(
        _ tag: UInt8, _ number: Int32, _ step: Int, _ reader: inout ByteReader
    ) throws -> PlayDecision {
        switch tag {
        case 4:
            .stepReady(
                number: number, step: step, attempt: try reader.readInt32(),
                due: try reader.readOptional { try $0.readInstant() })
        case 5: .stepDue(number: number, step: step, try reader.readOptional { try $0.readInstant() })
        case 6: .stepDone(number: number, step: step, evidence: try reader.readString())
        case 7: .stepSkipped(number: number, step: step, reason: try reader.readString())
        case 8: .stepEscalated(number: number, step: step, escalation: try reader.readInt())
        case 9: .taskCompleted(number: number, step: step, task: try reader.readInt(), by: try reader.readString())
        case 10: .taskReopened(number: number, step: step, task: try reader.readInt(), by: try reader.readString())
        default: .signedOff(number: number, step: step, by: try reader.readString())
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write(tag: UInt8, _ number: Int32) {
        write(byte: tag)
        write(number)
    }

    fileprivate mutating func write(tag: UInt8, _ number: Int32, _ step: Int) {
        write(tag: tag, number)
        write(step)
    }
}
