import TenureCore

extension Form {
    /// The mapping as a JSON Schema; forms inside it are referred to in `$defs`.
    var schema: JSONObject {
        var properties = JSONObject()
        for field in fields { properties[field.key] = .object(field.schema) }
        var schema: JSONObject = [
            "title": .string(noun), "description": .string(about), "type": "object",
            "properties": .object(properties),
        ]
        let required = fields.filter(\.isRequired).map { JSON.string($0.key) }
        if !required.isEmpty { schema["required"] = .array(required) }
        schema["additionalProperties"] = false
        if !rules.isEmpty { schema["allOf"] = .array(rules.map { .object($0.schema) }) }
        return schema
    }
}

extension Field {
    fileprivate var schema: JSONObject {
        var schema: JSONObject = ["description": .string(standard.isEmpty ? about : "\(about) Default: \(standard).")]
        for member in value.schema.members { schema[member.name] = member.value }
        if !examples.isEmpty { schema["examples"] = .array(examples) }
        return schema
    }
}

extension Rule {
    fileprivate var schema: JSONObject {
        switch self {
        case .exactlyOne(let keys): ["oneOf": .array(keys.map { .object(Self.required([$0])) })]
        case .atMostOne(let keys): ["not": ["anyOf": .array(Self.pairs(keys).map { .object(Self.required($0)) })]]
        case .together(let key, let needs):
            ["dependentRequired": .object([key: .array(needs.map { .string($0) })])]
        case .apart(let key, let others):
            ["dependentSchemas": .object([key: .object(["properties": .object(Self.never(others))])])]
        case .when(let test, let needs, let forbids, let narrows):
            ["if": .object(test.schema), "then": .object(Self.consequence(needs, forbids, narrows))]
        case .unless(let test, let rule): ["if": .object(test.schema), "else": .object(rule.schema)]
        }
    }

    private static func consequence(
        _ needs: [String], _ forbids: [String], _ narrows: [String: ValueForm]
    ) -> JSONObject {
        var schema = needs.isEmpty ? JSONObject() : required(needs)
        var properties = never(forbids)
        for (key, value) in narrows.sorted(by: { precedes($0.key, $1.key) }) { properties[key] = .object(value.schema) }
        if !properties.members.isEmpty { schema["properties"] = .object(properties) }
        return schema
    }

    private static func required(_ keys: [String]) -> JSONObject { ["required": .array(keys.map { .string($0) })] }

    private static func never(_ keys: [String]) -> JSONObject {
        JSONObject(keys.map { .init($0, false) })
    }

    private static func pairs(_ keys: [String]) -> [[String]] {
        keys.indices.flatMap { first in keys[(first + 1)...].map { [keys[first], $0] } }
    }
}

extension Rule.Test {
    /// True only when the key is there: a test of a missing key must not pass by having nothing to look at.
    fileprivate var schema: JSONObject {
        var schema: JSONObject = ["required": [.string(key)]]
        if let pattern { schema["properties"] = .object([key: ["type": "string", "pattern": .string(pattern)]]) }
        if !values.isEmpty {
            schema["properties"] = .object([key: ["enum": .array(values.map { .string($0) })]])
        }
        return schema
    }
}
