package import TenureCore
package import TenureProgramme

package enum OutreachDecision: Hashable, Sendable {
    /// A message is to leave: everything the renderer needs but the recipient's address.
    case messageQueued(MessageIntent)
    /// Messages of the play that have not left must not leave any more.
    case messagesCancelled(play: Int32, reason: String)
    /// What a message's fate was.
    case messageSettled(key: String, state: String, detail: String)

    var kind: String {
        switch self {
        case .messageQueued: "messageQueued"
        case .messagesCancelled: "messagesCancelled"
        case .messageSettled: "messageSettled"
        }
    }

    func write(into writer: inout ByteWriter) {
        switch self {
        case .messageQueued(let intent):
            writer.write(byte: 0)
            writer.write(intent.key)
            writer.write(intent.template)
            writer.write(intent.programmeVersion)
            writer.write(intent.recipient)
            writer.write(intent.play)
            writer.write(intent.values)
        case .messagesCancelled(let play, let reason):
            writer.write(byte: 1)
            writer.write(play)
            writer.write(reason)
        case .messageSettled(let key, let state, let detail):
            writer.write(byte: 2)
            writer.write(key)
            writer.write(state)
            writer.write(detail)
        }
    }

    init(from reader: inout ByteReader) throws {
        switch try reader.readByte() {
        case 0:
            self = .messageQueued(
                MessageIntent(
                    key: try reader.readString(), template: try reader.readString(), programmeVersion: try reader.readInt(),
                    recipient: try reader.readRecipient(), play: try reader.readInt32(), values: try reader.readJSONObject()))
        case 1: self = .messagesCancelled(play: try reader.readInt32(), reason: try reader.readString())
        case 2:
            self = .messageSettled(
                key: try reader.readString(), state: try reader.readString(), detail: try reader.readString())
        default: throw CorruptBytes(offset: reader.offset)
        }
    }
}

package struct MessageIntent: Hashable, Sendable {
    /// Derived from the cause: play number, step, attempt, action, recipient.
    package var key: String
    package var template: String
    /// Whose text it is.
    package var programmeVersion: Int
    package var recipient: Recipient
    package var play: Int32
    /// What the template may say, as it was at that moment.
    package var values: JSONObject
}

extension Recipient {
    /// `role:csm`, `contact:sponsor`, `channel:cs`.
    package var text: String {
        switch self {
        case .role(let id): "role:" + id
        case .contact(let id): "contact:" + id
        case .channel(let id): "channel:" + id
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ recipient: Recipient) { write(recipient.text) }
}

extension ByteReader {
    fileprivate mutating func readRecipient() throws -> Recipient {
        let text = try readString()
        guard let colon = text.firstIndex(of: ":") else { throw CorruptBytes(offset: offset) }
        let id = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "role": return .role(id)
        case "contact": return .contact(id)
        case "channel": return .channel(id)
        default: throw CorruptBytes(offset: offset)
        }
    }
}
