package import TenureCore

extension Diagnostic {
    /// Changes when a member of the form below changes its meaning or goes; new members may come.
    package static let formatVersion = "1"

    /// The mistakes as `{"format_version":"1","diagnostics":[…]}` for editors and build tools.
    package static func json(_ diagnostics: [Diagnostic]) -> JSON {
        ["format_version": .string(formatVersion), "diagnostics": list(diagnostics)]
    }

    /// The mistakes alone, for a document that says more than them.
    package static func list(_ diagnostics: [Diagnostic]) -> JSON { .array(diagnostics.map(\.json)) }

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
