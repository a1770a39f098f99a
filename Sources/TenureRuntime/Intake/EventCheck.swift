import Foundation
package import TenureCore
package import TenureProgramme

/// Checks an arrival against limits and the programme's declared fields, before it reaches the writer.
package struct EventCheck: Sendable {
    package static let idBytesMax = 200
    package static let futureMilliseconds: Int64 = 24 * Milliseconds.hour

    private let types: [ID<EventType>: EventType]

    package init(_ programme: Programme) {
        types = Dictionary(programme.events.map { (ID($0.type), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether the programme or the product gives the type a meaning.
    package func knows(_ type: String) -> Bool {
        types[ID(type)] != nil || type == FactType.accountChanged || type == FactType.contactChanged
    }

    /// nil when the arrival may be taken.
    package func refusal(_ arrival: Arrival, received: Instant) -> IntakeRefusal? {
        if let id = arrival.id, let refusal = Self.check(id: id, pointer: "/id") { return refusal }
        if let user = arrival.user, let refusal = Self.check(id: user, pointer: "/userId") { return refusal }
        if case .account(let external) = arrival.subject,
            let refusal = Self.check(id: external, pointer: "/subject")
        {
            return refusal
        }
        if let occurred = arrival.occurred, occurred - received > Self.futureMilliseconds {
            return IntakeRefusal(
                code: "timestamp-in-future", detail: "The event's time is more than 24 hours ahead of now.",
                pointer: "/time")
        }
        return types[ID(arrival.type)].flatMap { Self.check(arrival.data, against: $0) }
    }

    /// Ids are 1…200 bytes without control characters or space at either end, in NFC.
    package static func check(id: String, pointer: String) -> IntakeRefusal? {
        let bytes = Array(id.utf8)
        guard !bytes.isEmpty, bytes.count <= idBytesMax else {
            return IntakeRefusal(code: "invalid-id", detail: "An id has 1 to 200 bytes.", pointer: pointer)
        }
        guard bytes.first != 0x20, bytes.last != 0x20, !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            return IntakeRefusal(
                code: "invalid-id", detail: "An id has no control characters and no space at its ends.",
                pointer: pointer)
        }
        guard isNormalised(id, bytes) else {
            return IntakeRefusal(
                code: "id-not-normalised", detail: "An id is in Unicode's composed form, NFC.", pointer: pointer)
        }
        return nil
    }

    /// Ids compare as bytes: one name in two forms would be two accounts.
    private static func isNormalised(_ id: String, _ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 < 0x80 } || id.precomposedStringWithCanonicalMapping.utf8.elementsEqual(bytes)
    }

    private static func check(_ data: JSONObject, against type: EventType) -> IntakeRefusal? {
        for field in type.fields {
            guard let value = data[field.id], value != .null else {
                guard field.isRequired else { continue }
                return IntakeRefusal(
                    code: "contract-violation", detail: "\(type.type) needs the field \(field.id).",
                    pointer: "/data/\(field.id)")
            }
            guard !field.kind.accepts(value) else { continue }
            return IntakeRefusal(
                code: "contract-violation",
                detail: "\(type.type).\(field.id) must be \(field.kind.expected), but is \(value.kindName).",
                pointer: "/data/\(field.id)")
        }
        return nil
    }
}

extension EventField.Kind {
    package func accepts(_ value: JSON) -> Bool {
        switch self {
        case .text: value.string != nil
        case .number: value.number != nil
        case .whole: value.int != nil
        case .flag: value.bool != nil
        case .instant: value.string.map { (try? Instant.parse(rfc3339: $0).get()) != nil } ?? false
        case .choice(let choices): value.string.map { choices.contains($0) } ?? false
        }
    }

    package var expected: String {
        switch self {
        case .text: "text"
        case .number: "a number"
        case .whole: "a whole number"
        case .flag: "true or false"
        case .instant: "an RFC 3339 timestamp with offset"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        }
    }
}
