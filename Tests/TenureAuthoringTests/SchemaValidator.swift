import Foundation
import TenureCore

/// As much of JSON Schema 2020-12 as the generated schemas use; an unknown keyword is a refusal, so that none is
/// passed over.
struct SchemaValidator {
    let root: JSONObject
    private let patterns = Patterns()

    init(_ json: JSON) { root = json.object ?? [:] }

    func accepts(_ value: JSON) -> Bool { accepts(value, .object(root)) }

    private func accepts(_ value: JSON, _ schema: JSON) -> Bool {
        guard let object = schema.object else { return schema.bool ?? false }
        return object.members.allSatisfy { accepts(value, $0.name, $0.value, object) }
    }

    private func accepts(_ value: JSON, _ keyword: String, _ content: JSON, _ schema: JSONObject) -> Bool {
        switch keyword {
        case "$schema", "$id", "$defs", "title", "description", "examples", "then", "else": return true
        case "$ref": return definition(content).map { accepts(value, $0) } ?? false
        case "type": return (content.array ?? [content]).contains { isOf(type: $0.string ?? "", value) }
        case "const": return value == content
        case "enum": return content.array?.contains(value) ?? false
        case "allOf": return (content.array ?? []).allSatisfy { accepts(value, $0) }
        case "anyOf": return (content.array ?? []).contains { accepts(value, $0) }
        case "oneOf": return (content.array ?? []).filter { accepts(value, $0) }.count == 1
        case "not": return !accepts(value, content)
        case "if":
            let branch = accepts(value, content) ? "then" : "else"
            return schema[branch].map { accepts(value, $0) } ?? true
        case "minimum": return value.number.map { $0 >= content.number ?? 0 } ?? true
        case "maximum": return value.number.map { $0 <= content.number ?? 0 } ?? true
        case "maxLength": return value.string.map { Int64($0.unicodeScalars.count) <= content.int ?? 0 } ?? true
        case "pattern": return value.string.map { matches($0, content.string ?? "") } ?? true
        case "items", "prefixItems", "minItems", "maxItems": return acceptsItems(value, keyword, content)
        case _: return acceptsMembers(value, keyword, content, schema)
        }
    }

    private func acceptsItems(_ value: JSON, _ keyword: String, _ content: JSON) -> Bool {
        guard let items = value.array else { return true }
        switch keyword {
        case "items": return items.allSatisfy { accepts($0, content) }
        case "prefixItems": return zip(items, content.array ?? []).allSatisfy { accepts($0, $1) }
        case "minItems": return Int64(items.count) >= content.int ?? 0
        case _: return Int64(items.count) <= content.int ?? 0
        }
    }

    private func acceptsMembers(_ value: JSON, _ keyword: String, _ content: JSON, _ schema: JSONObject) -> Bool {
        let members = value.object?.members ?? []
        let parts = content.object ?? [:]
        switch keyword {
        case "properties": return members.allSatisfy { member in parts[member.name].map { accepts(member.value, $0) } ?? true }
        case "additionalProperties":
            let known = schema["properties"]?.object ?? [:]
            return members.allSatisfy { known[$0.name] != nil || accepts($0.value, content) }
        case "propertyNames": return members.allSatisfy { accepts(.string($0.name), content) }
        case "required":
            guard let object = value.object else { return true }
            return (content.array ?? []).allSatisfy { object[$0.string ?? ""] != nil }
        case "dependentRequired":
            return parts.members.allSatisfy { value.object?[$0.name] == nil || accepts(value, .object(["required": $0.value])) }
        case "dependentSchemas":
            return parts.members.allSatisfy { value.object?[$0.name] == nil || accepts(value, $0.value) }
        case _: return false
        }
    }

    private func definition(_ reference: JSON) -> JSON? {
        let name = reference.string?.dropFirst("#/$defs/".count)
        return name.flatMap { root["$defs"]?.object?[String($0)] }
    }

    private func isOf(type: String, _ value: JSON) -> Bool {
        switch (type, value) {
        case ("string", .string), ("boolean", .bool), ("null", .null), ("array", .array), ("object", .object),
            ("number", .int), ("number", .double), ("integer", .int):
            true
        case ("integer", .double(let number)): number == number.rounded()
        case _: false
        }
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        guard let expression = patterns.compiled(pattern) else { return false }
        return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
}

/// Patterns compiled once: each is asked thousands of times.
private final class Patterns {
    private var known: [String: NSRegularExpression] = [:]

    func compiled(_ pattern: String) -> NSRegularExpression? {
        if let found = known[pattern] { return found }
        known[pattern] = try? NSRegularExpression(pattern: pattern)
        return known[pattern]
    }
}
