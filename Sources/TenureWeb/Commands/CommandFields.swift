import TenureCore

/// The members of a command's body, read with all mistakes collected: a person sees every wrong field at once.
struct CommandFields: Sendable {
    private let object: JSONObject
    private var known: Set<String> = []
    private(set) var errors: [Problem.FieldError] = []

    init(_ object: JSONObject) { self.object = object }

    static let reasonBytesMax = 2_000

    mutating func refuse(_ name: String, _ detail: String, type: String = "validation-failed") {
        errors.append(.init(pointer: "/" + name, type: type, detail: detail))
    }

    /// nil when absent, null or empty.
    mutating func text(_ name: String, bytesMax: Int = 200, required: Bool = false) -> String? {
        known.insert(name)
        guard let value = object[name], value != .null, value != "" else {
            if required { refuse(name, "\(name) is needed") }
            return nil
        }
        guard let text = value.string else {
            refuse(name, "\(name) must be text, but is \(value.kindName)")
            return nil
        }
        guard text.utf8.count <= bytesMax else {
            refuse(name, "\(name) has at most \(bytesMax) bytes", type: "value-too-long")
            return nil
        }
        guard !text.unicodeScalars.contains(where: { $0.value == 0 }) else {
            refuse(name, "\(name) holds a NUL character", type: "invalid-character")
            return nil
        }
        return text
    }

    /// Empty when absent or null.
    mutating func texts(_ name: String, countMax: Int = 200) -> [String] {
        known.insert(name)
        guard let value = object[name], value != .null else { return [] }
        guard let items = value.array, items.count <= countMax, items.allSatisfy({ $0.string != nil }) else {
            refuse(name, "\(name) must be a list of at most \(countMax) texts")
            return []
        }
        return items.compactMap(\.string)
    }

    mutating func number(_ name: String, in range: ClosedRange<Double>, required: Bool = false) -> Double? {
        known.insert(name)
        guard let value = object[name], value != .null else {
            if required { refuse(name, "\(name) is needed") }
            return nil
        }
        guard let number = value.number, range.contains(number) else {
            refuse(name, "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func whole(_ name: String, in range: ClosedRange<Int64>, required: Bool = false) -> Int64? {
        known.insert(name)
        guard let value = object[name], value != .null else {
            if required { refuse(name, "\(name) is needed") }
            return nil
        }
        guard let number = value.int, range.contains(number) else {
            refuse(name, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func flag(_ name: String) -> Bool? {
        known.insert(name)
        guard let value = object[name], value != .null else { return nil }
        if value.bool == nil { refuse(name, "\(name) must be true or false") }
        return value.bool
    }

    mutating func choice(_ name: String, of choices: [String], required: Bool = false) -> String? {
        guard let text = text(name, required: required) else { return nil }
        guard choices.contains(text) else {
            refuse(name, "\(name) must be one of " + choices.joined(separator: ", "))
            return nil
        }
        return text
    }

    mutating func instant(_ name: String) -> String? {
        guard let text = text(name) else { return nil }
        if case .failure(let refusal) = Instant.parse(rfc3339: text) {
            refuse(name, "\(name) must be an RFC 3339 timestamp with offset", type: refusal.rawValue)
            return nil
        }
        return text
    }

    /// Throws everything that was found, and members that nobody asked for.
    mutating func finish() throws {
        for member in object.members where !known.contains(member.name) {
            refuse(member.name, "\(member.name) cannot be written here", type: "field-not-writable")
        }
        guard errors.isEmpty else {
            throw Problem(
                .validationFailed, errors.map(\.detail).joined(separator: "; ") + ".", errors: errors)
        }
    }
}
