import TenureCore
import TenureRuntime

/// How large one event may be, measured on the value so that nothing is copied.
enum ItemSize {
    static func check(_ object: JSONObject) throws(IntakeRefusal) {
        let size = try bytes(.object(object), pointer: "")
        guard size <= WebLimits.eventBytesMax else {
            throw IntakeRefusal(code: "event-too-large", detail: "An event has at most 32 KiB.")
        }
    }

    /// The compact text's length, without counting escapes; a number counts as eight bytes.
    private static func bytes(_ value: JSON, pointer: String) throws(IntakeRefusal) -> Int {
        switch value {
        case .null, .bool: return 4
        case .int, .double: return 8
        case .string(let text): return try bytes(text, pointer)
        case .array(let values):
            // Each value brings a comma, but for the last.
            var sum = values.isEmpty ? 2 : 1
            for value in values { sum += try bytes(value, pointer: pointer) + 1 }
            return sum
        case .object(let object):
            var sum = object.members.isEmpty ? 2 : 1
            for member in object.members { sum += try bytes(member, pointer) }
            return sum
        }
    }

    private static func bytes(_ member: JSONObject.Member, _ pointer: String) throws(IntakeRefusal) -> Int {
        guard !member.name.isEmpty else {
            throw IntakeRefusal(code: "validation-failed", detail: "A name is empty.", pointer: pointer + "/")
        }
        return member.name.utf8.count + 4 + (try bytes(member.value, pointer: pointer + "/" + member.name))
    }

    private static func bytes(_ text: String, _ pointer: String) throws(IntakeRefusal) -> Int {
        let count = text.utf8.count
        guard count <= WebLimits.stringBytesMax else {
            throw IntakeRefusal(code: "value-too-long", detail: "A text has at most 8 KiB.", pointer: pointer)
        }
        return count + 2
    }
}
