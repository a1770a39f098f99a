import TenureCore

extension ValueForm {
    /// The value as a JSON Schema.
    var schema: JSONObject {
        switch self {
        case .text, .reference, .condition: Self.anyScalar
        case .flag: ["type": "boolean"]
        case .yes: ["const": true]
        case .whole(let range):
            ["type": "integer", "minimum": .int(Int64(range.lowerBound)), "maximum": .int(Int64(range.upperBound))]
        case .number(let range): Self.bounded(range)
        case .span(let range): Self.duration(range)
        case .choice(let names): ["enum": .array(names.map { .string($0) })]
        case .shaped(let shape): shape.schema
        case .range: Self.wholeOrRange
        case .list(let item): ["type": "array", "items": .object(item.schema)]
        case .form(let form): ["$ref": .string("#/$defs/\(form.name)")]
        case .entries(let key, let value): Self.mapping(key, value)
        case .point: Self.pair
        case .nothing: ["type": "null"]
        case .either(let values): ["anyOf": .array(values.map { .object($0.schema) })]
        case .anything: [:]
        }
    }

    /// To a reader all of these are text, whatever YAML takes them for.
    private static let anyScalar: JSONObject = ["type": ["string", "number", "boolean"]]

    private static let wholeOrRange: JSONObject = [
        "anyOf": [["type": "integer"], ["type": "string", "pattern": "^-?[0-9]+([.][.]-?[0-9]+)?$"]]
    ]

    private static let pair: JSONObject = [
        "type": "array", "minItems": 2, "maxItems": 2,
        "prefixItems": [["type": "number"], ["type": "number", "minimum": 0, "maximum": 100]],
    ]

    private static func bounded(_ range: ClosedRange<Double>?) -> JSONObject {
        guard let range else { return ["type": "number"] }
        return ["type": "number", "minimum": .double(range.lowerBound), "maximum": .double(range.upperBound)]
    }

    private static func duration(_ range: ClosedRange<Int32>) -> JSONObject {
        let sign = range.lowerBound < 0 ? "-?" : ""
        let zero = range.contains(0) ? "0|" : ""
        return ["type": "string", "pattern": .string("^(\(zero)\(sign)([1-9][0-9]{0,4}|100000))(m|h|d|w|mo|bh|bd)$")]
    }

    private static func mapping(_ key: TextShape?, _ value: ValueForm) -> JSONObject {
        var schema: JSONObject = ["type": "object"]
        if let pattern = key?.pattern { schema["propertyNames"] = ["maxLength": 100, "pattern": .string(pattern)] }
        schema["additionalProperties"] = .object(value.schema)
        return schema
    }
}

extension TextShape {
    var schema: JSONObject {
        let kinds = scalarKinds.map { JSON.string($0) }
        var schema: JSONObject = ["type": kinds.count == 1 ? kinds[0] : .array(kinds)]
        if self == .id || self == .requirement || self == .fieldID { schema["maxLength"] = 100 }
        if let pattern { schema["pattern"] = .string(pattern) }
        return schema
    }
}
