package import TenureCore

/// JSON Schemas (draft 2020-12) of what a programme's files hold, made of the forms that the readers use.
package struct DefinitionSchema: Sendable {
    /// `file`, or a kind of definition such as `signal`.
    package let name: String
    /// The whole schema, everything that it refers to included.
    package let json: JSON

    /// The file's own name beside the others.
    package var fileName: String { name + ".schema.json" }

    /// For people: indented lines.
    package var text: String { json.lines() + "\n" }

    /// The schema of a whole file first, then one for each kind of definition, in the order of the sections.
    package static let all: [DefinitionSchema] = [file] + Section.allCases.compactMap(\.form).map(definition)

    package static func named(_ name: String) -> DefinitionSchema? { all.first { isSame($0.name, name) } }

    /// A file: any of the sections.
    private static let file: DefinitionSchema = {
        var properties = JSONObject()
        for section in Section.allCases { properties[section.rawValue] = .object(section.schema) }
        var schema = head("file", title: "A file of a Tenure programme")
        schema["description"] = "One or more sections. Lists may be spread over files."
        schema["type"] = "object"
        schema["properties"] = .object(properties)
        schema["additionalProperties"] = false
        schema["$defs"] = .object(definitions(of: Section.allCases.compactMap(\.form)))
        return DefinitionSchema(name: "file", json: .object(schema))
    }()

    private static func definition(_ form: Form) -> DefinitionSchema {
        var schema = head(form.name, title: form.noun)
        for member in form.schema.members { schema[member.name] = member.value }
        schema["examples"] = .array([Example.json(of: form.name)].compactMap(\.self))
        let nested = definitions(of: [form])
        schema["$defs"] = .object(JSONObject(nested.members.filter { !isSame($0.name, form.name) }))
        return DefinitionSchema(name: form.name, json: .object(schema))
    }

    private static func head(_ name: String, title: String) -> JSONObject {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": .string("urn:tenure:schema:1:\(name)"), "title": .string(title),
        ]
    }

    private static func definitions(of forms: [Form]) -> JSONObject {
        var definitions = JSONObject()
        for form in forms.flatMap(\.withNested) { definitions[form.name] = .object(form.schema) }
        return definitions
    }
}

extension Section {
    /// What one definition of the section may hold; nil where the section holds no mappings.
    var form: Form? {
        switch self {
        case .programme: .programme
        case .calendars: .calendar
        case .roles: .role
        case .tiers: .tier
        case .segments: .segment
        case .accountFields: .accountField
        case .show: nil
        case .events: .event
        case .features: .feature
        case .entities: .entity
        case .metrics: .metric
        case .health: .health
        case .slas: .sla
        case .kpis: .kpi
        case .signals: .signal
        case .plays: .play
        case .messages: .message
        case .tests: .test
        }
    }

    fileprivate var schema: JSONObject {
        guard let form else {
            let about = "Metrics on the account page beside those that health uses."
            return ["description": .string(about), "type": "array", "items": .object(ValueForm.text.schema)]
        }
        let reference: JSONObject = ["$ref": .string("#/$defs/\(form.name)")]
        let isList = kind != nil
        return isList ? ["description": .string(form.about), "type": "array", "items": .object(reference)] : reference
    }
}
