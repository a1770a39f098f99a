extension Diagnostic {
    static func notYAML(at place: Place, _ problem: YAMLProblem, began: Place? = nil) -> Diagnostic {
        var mistake = Diagnostic(
            .yamlSyntax, "this is not valid YAML", at: Label(place, problem.label), hint: problem.hint)
        if let began, began != place, let words = problem.began { mistake.labels.append(Label(began, words)) }
        return mistake
    }

    static func tabIndentation(at place: Place) -> Diagnostic {
        Diagnostic(
            .tabIndentation, "this line is indented with a tab", at: Label(place, "a tab"),
            why: "YAML is indented with blanks, because a tab is as wide as each editor likes.",
            hint: "write blanks; most editors can turn tabs into them")
    }

    static func controlCharacter(_ value: Int32, at place: Place) -> Diagnostic {
        let digits = String(max(0, value), radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return Diagnostic(
            .controlCharacter, "this file holds a character that no text may hold",
            at: Label(place, "\(name) is here"),
            hint: "delete the character, or write the line anew")
    }

    static func notUTF8(_ byte: UInt8, at place: Place) -> Diagnostic {
        Diagnostic(
            .notUTF8, "this file is not UTF-8",
            at: Label(
                place, "the byte 0x\(String(byte, radix: 16, uppercase: true)) belongs to no character"),
            hint: "save the file as UTF-8")
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
