package import TenureCore

/// Two accounts of one customer became one, or two again.
package enum MergingDecision: Hashable, Sendable {
    /// The other account's facts count here from now on.
    case merged(account: AccountID, by: String, reason: String)
    /// The account is part of another one, and concludes nothing more.
    case left(into: AccountID, by: String)
    /// The other account's facts count here no longer.
    case parted(account: AccountID, by: String)
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
        case .left(let account, _): conclusions.partOf = account
        case .returned: conclusions.partOf = nil
        }
    }
}

extension MergingDecision {
    func write(into writer: inout ByteWriter) {
        switch self {
        case .merged(let account, let by, let reason): writer.write(tag: 0, [account.text, by, reason])
        case .left(let account, let by): writer.write(tag: 1, [account.text, by])
        case .parted(let account, let by): writer.write(tag: 2, [account.text, by])
        case .returned(let by): writer.write(tag: 3, [by])
        }
    }

    init(from reader: inout ByteReader) throws {
        switch try reader.readByte() {
        case 0:
            self = .merged(
                account: AccountID(try reader.readString()), by: try reader.readString(), reason: try reader.readString())
        case 1: self = .left(into: AccountID(try reader.readString()), by: try reader.readString())
        case 2: self = .parted(account: AccountID(try reader.readString()), by: try reader.readString())
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
