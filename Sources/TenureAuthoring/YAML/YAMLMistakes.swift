extension Diagnostic {
    static func notYAML(at place: Place, problem: String, hasTab: Bool) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "this is not valid YAML", at: Label(place, problem),
            hint: hasTab ? "indent with spaces: YAML does not allow tabs" : nil)
    }

    static func fileTooLarge(file: String, bytes: Int) -> Diagnostic {
        Diagnostic(
            .fileTooLarge, "this file is too large",
            at: Label(Place(file: file, line: 1, column: 1, length: 1), "it has \(bytes) bytes"),
            why: "A file of a programme may have at most \(SafeYAML.bytesMax) bytes.",
            hint: "spread the section over several files")
    }

    static func tooDeep(at place: Place) -> Diagnostic {
        Diagnostic(
            .yamlTooDeep, "this file is nested too deeply", at: Label(place, "the next level starts here"),
            why: "A file may be nested \(SafeYAML.depthMax) levels deep.")
    }

    static func severalDocuments(at place: Place) -> Diagnostic {
        Diagnostic(
            .severalDocuments, "this file holds more than one document",
            at: Label(place, "the second one begins here"),
            why: "A file holds one YAML document.", hint: "remove the `---` line, or make it two files")
    }

    static func anchor(at place: Place) -> Diagnostic {
        Diagnostic(
            .anchor, "anchors and aliases are not allowed", at: Label(place, "here"),
            why: "Every definition stands on its own, so that it can be read alone.",
            hint: "write the value out; a text that begins with `&` or `*` needs quotes")
    }

    static func tag(at place: Place) -> Diagnostic {
        Diagnostic(
            .tag, "tags are not allowed", at: Label(place, "here"),
            why: "The kind of every value follows from the key it is written at.",
            hint: "remove the tag; a text that begins with `!` needs quotes")
    }

    static func mergeKey(at place: Place) -> Diagnostic {
        Diagnostic(
            .mergeKey, "merge keys are not allowed", at: Label(place, "here"),
            why: "Every definition stands on its own, so that it can be read alone.",
            hint: "write the keys out")
    }

    static func duplicateKey(_ key: String, at place: Place, first: Place?) -> Diagnostic {
        var mistake = Diagnostic(
            .duplicateKey, "the key `\(key)` is written twice", at: Label(place, "again here"))
        if let first {
            mistake.labels.append(Label(first, "first here"))
        } else {
            mistake.labels = [Label(place, "this one")]
        }
        return mistake
    }

    static func emptyFile(at place: Place) -> Diagnostic {
        Diagnostic(
            .emptyFile, "this file says nothing", at: Label(place, "no section is here"),
            why: "A file of a programme holds one or more sections, such as `metrics:` or `signals:`.")
    }

    static func keyNotText(at place: Place) -> Diagnostic {
        Diagnostic(.keyNotText, "a key must be a text", at: Label(place, "this is a list or a mapping"))
    }
}
