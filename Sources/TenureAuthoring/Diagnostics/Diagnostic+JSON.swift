package import TenureCore

extension Diagnostic {
    /// The mistakes as `{"format_version":"1","diagnostics":[…]}` for editors and build tools.
    package static func json(_ diagnostics: [Diagnostic]) -> JSON {
        ["format_version": "1", "diagnostics": .array(diagnostics.map(\.json))]
    }

    private var json: JSON {
        [
            "code": .string(code.rawValue), "severity": .string(severity.rawValue), "title": .string(title),
            "labels": .array(labels.map(\.json)), "explanation": .string(explanation),
            "hint": hint.map { .string($0) } ?? .null,
        ]
    }
}

extension Diagnostic.Label {
    fileprivate var json: JSON {
        [
            "file": .string(place.file), "line": .int(Int64(place.line)), "column": .int(Int64(place.column)),
            "length": .int(Int64(place.length)), "text": .string(text),
        ]
    }
}
