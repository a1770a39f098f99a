package import TenureCore

/// Two accounts of one customer became one, or two again.
package enum MergingDecision: Hashable, Sendable {
    /// The account at the other side, with the name that it had then.
    package struct Other: Hashable, Sendable {
        package var account: AccountID
        package var name: String
    }

    /// The other account's facts count here from now on.
    case merged(Other, by: String, reason: String)
    /// The account is part of another one, and concludes nothing more.
    case left(into: Other, by: String)
    /// The other account's facts count here no longer.
    case parted(Other, by: String)
    /// The account stands for itself again.
    case returned(by: String)

    var kind: String {
        switch self {
        case .merged: "accountsMerged"
        case .left: "accountLeft"
        case .parted: "accountsParted"
        case .returned: "accountReturned"
        }
    }

    func apply(to conclusions: inout Conclusions) {
        switch self {
        case .merged, .parted: break
        case .left(let survivor, _): conclusions.partOf = survivor.account
        case .returned: conclusions.partOf = nil
        }
    }
}

extension MergingDecision {
    func write(into writer: inout ByteWriter) {
        switch self {
        case .merged(let other, let by, let reason): writer.write(tag: 0, [other.account.text, other.name, by, reason])
        case .left(let other, let by): writer.write(tag: 1, [other.account.text, other.name, by])
        case .parted(let other, let by): writer.write(tag: 2, [other.account.text, other.name, by])
        case .returned(let by): writer.write(tag: 3, [by])
        }
    }

    init(from reader: inout ByteReader) throws {
        switch try reader.readByte() {
        case 0: self = .merged(try reader.readOther(), by: try reader.readString(), reason: try reader.readString())
        case 1: self = .left(into: try reader.readOther(), by: try reader.readString())
        case 2: self = .parted(try reader.readOther(), by: try reader.readString())
        case 3: self = .returned(by: try reader.readString())
        default: throw CorruptBytes(offset: reader.offset)
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write(tag: UInt8, _ texts: [String]) {
        write(byte: tag)
        for text in texts { write(text) }
    }
}

extension ByteReader {
    fileprivate mutating func readOther() throws -> MergingDecision.Other {
        MergingDecision.Other(account: AccountID(try readString()), name: try readString())
    }
}
