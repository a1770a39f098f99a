import TenureCore
import TenureRuntime

/// Reading the members of one event, each mistake with its place.
struct ItemFields: Sendable {
    let object: JSONObject

    func text(_ name: String) throws(IntakeRefusal) -> String? {
        switch object[name] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case let value?: throw Self.wrong("/" + name, "text is due here, not \(value.kindName)")
        }
    }

    /// Ids may be numbers in some clients.
    func id(_ name: String) throws(IntakeRefusal) -> String? {
        if case .int(let number) = object[name] { return String(number) }
        return try text(name)
    }

    /// The first of the names that has a value.
    func id(firstOf names: String...) throws(IntakeRefusal) -> String? {
        for name in names { if let id = try id(name) { return id } }
        return nil
    }

    func object(_ name: String) throws(IntakeRefusal) -> JSONObject? {
        switch object[name] {
        case nil, .null?: return nil
        case .object(let object)?: return object
        case let value?: throw Self.wrong("/" + name, "an object is due here, not \(value.kindName)")
        }
    }

    func instant(_ name: String) throws(IntakeRefusal) -> Instant? {
        guard let text = try text(name) else { return nil }
        switch Instant.parse(rfc3339: text) {
        case .success(let instant): return instant
        case .failure(let refusal):
            throw IntakeRefusal(
                code: refusal.rawValue, detail: "\(name) must be an RFC 3339 timestamp with offset.",
                pointer: "/" + name)
        }
    }

    func instant(firstOf names: String...) throws(IntakeRefusal) -> Instant? {
        for name in names { if let instant = try instant(name) { return instant } }
        return nil
    }

    static func wrong(_ pointer: String, _ detail: String) -> IntakeRefusal {
        IntakeRefusal(code: "validation-failed", detail: detail, pointer: pointer)
    }
}
