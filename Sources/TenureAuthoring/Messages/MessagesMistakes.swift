import TenureProgramme

extension Diagnostic {
    static func missingSubject(at place: Place) -> Diagnostic {
        Diagnostic(
            .missingSubject, "this mail has no subject", at: Label(place, "`subject` is missing here"))
    }

    static func missingBody(_ id: String, at place: Place, near: String?) -> Diagnostic {
        var mistake = Diagnostic(
            .missingBody, "this message has no text", at: Label(place, "no file `messages/\(id).mustache`"),
            why: "A message's text is a file of its own, named by the message's id.",
            hint: near == nil ? nil : "rename the file, or the message")
        if let near {
            mistake.labels.append(Label(Place(file: near, line: 1, column: 1, length: 1), "is it this one?"))
        }
        return mistake
    }

    static func bodyWithoutMessage(_ id: String, path: String, hint: String?) -> Diagnostic {
        Diagnostic(
            .bodyWithoutMessage, severity: .warning, "no message is called `\(id)`",
            at: Label(Place(file: path, line: 1, column: 1, length: 1), "this text is never sent"), hint: hint
        )
    }

    static func messageTooLarge(at place: Place, bytes: Int) -> Diagnostic {
        Diagnostic(
            .messageTooLarge, "this message is too large", at: Label(place, "it has \(bytes) bytes"),
            why: "A message may have at most \(TagScanner.bytesMax) bytes.")
    }

    static func unknownTag(_ name: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .unknownTag, "this message mentions `\(name)`, which does not exist",
            at: Label(place, "nothing to put here"),
            why: "A message may mention \(listed(MessageTemplate.names, "and")).",
            hint: didYouMean(name, among: MessageTemplate.names))
    }

    static func malformedTag(at place: Place) -> Diagnostic {
        Diagnostic(
            .malformedTag, "this is no tag", at: Label(place, "it is not closed, or of an unknown kind"))
    }

    static func unescapedTag(at place: Place) -> Diagnostic {
        Diagnostic(
            .unescapedTag, "values are always escaped", at: Label(place, "this asks for the bare value"),
            hint: "write it with two braces: `{{account.name}}`")
    }

    static func partial(at place: Place) -> Diagnostic {
        Diagnostic(
            .partial, "a message can not include another", at: Label(place, "here"),
            hint: "write the text out")
    }

    static func unclosedSection(_ name: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .unbalancedSection, "this section is never closed", at: Label(place, "opened here"),
            hint: "close it with `{{/\(name)}}`")
    }

    static func unopenedSection(_ name: String, at place: Place, open: Place?) -> Diagnostic {
        var mistake = Diagnostic(
            .unbalancedSection, "this closes a section that is not the open one",
            at: Label(place, "closes `\(name)`"))
        if let open { mistake.labels.append(Label(open, "this one is open")) }
        return mistake
    }

    static func sectionsTooDeep(at place: Place) -> Diagnostic {
        Diagnostic(
            .sectionsTooDeep, "these sections are nested too deeply", at: Label(place, "here"),
            why: "Sections may be nested \(TagScanner.depthMax) deep.")
    }

    static func nestedList(_ name: String, at place: Place, outer: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .nestedList, "this section stands inside a section over the same list",
            at: Label(place, "again here"),
            why: "It would repeat the whole list for each of its items.")
        mistake.labels.append(Label(outer, "already inside this one"))
        return mistake
    }

    static func htmlInMessage(_ element: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .htmlInMessage, "this message holds HTML",
            at: Label(place, "people would read `<\(element)…` as it stands"),
            why: "A message is plain text: its HTML part is made from it, with everything escaped.",
            hint: "remove the tags; a link is written as its address")
    }

    static func twoBodies(_ id: String, path: String, first: String) -> Diagnostic {
        Diagnostic(
            .twoBodies, "the message `\(id)` has two texts",
            at: Label(Place(file: path, line: 1, column: 1, length: 1), "this one"),
            Label(Place(file: first, line: 1, column: 1, length: 1), "and this one"),
            why: "A message's text is the file of its name, in whichever folder `messages`.")
    }

    static func strayBody(path: String) -> Diagnostic {
        Diagnostic(
            .strayBody, severity: .warning, "this text belongs to no message",
            at: Label(Place(file: path, line: 1, column: 1, length: 1), "not in a folder `messages`"),
            why: "The texts of messages are `messages/<id>.mustache`.")
    }

    static func notAList(_ name: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .notAList, "`\(name)` is no list", at: Label(place, "a section needs a list"),
            why: "The lists are \(listed(TagScanner.lists, "and")).")
    }

    static func listAsValue(_ name: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .notAList, "`\(name)` is a list", at: Label(place, "a value is needed here"),
            hint: "write `{{#\(name)}}{{.}}{{/\(name)}}`")
    }

    static func dotOutsideSection(at place: Place) -> Diagnostic {
        Diagnostic(.notAList, "`{{.}}` stands outside of a list", at: Label(place, "no item is meant here"))
    }
}
