/// What the YAML parser says, in the words of somebody who writes programmes.
struct YAMLProblem {
    /// Beside the mark.
    var label: String
    /// Beside the place where the thing at fault began; nil when that helps nobody.
    var began: String?
    var hint: String?

    static let unreadable = YAMLProblem(label: "it cannot be read", began: nil, hint: nil)

    private init(label: String, began: String?, hint: String?) {
        (self.label, self.began, self.hint) = (label, began, hint)
    }

    /// - Parameter before: what stands on the line before the mark.
    init(
        _ problem: String, context: String, at scalar: Unicode.Scalar?,
        behind before: ArraySlice<Unicode.Scalar>
    ) {
        self =
            Self.seen(problem, at: scalar, behind: before)
            ?? Self.known.first { problem.contains($0.problem) && context.contains($0.context) }?.words
            ?? YAMLProblem(label: problem, began: nil, hint: nil)
    }

    /// What can be told from the characters around the mark.
    private static func seen(
        _ problem: String, at scalar: Unicode.Scalar?, behind before: ArraySlice<Unicode.Scalar>
    ) -> YAMLProblem? {
        let isUnexpected = problem.hasPrefix("did not find expected")
        switch scalar {
        case "]"? where isUnexpected, "}"? where isUnexpected:
            guard !problem.contains(",") else { return nil }
            return YAMLProblem(label: "nothing is open that this could close", began: nil, hint: "remove it")
        case let scalar? where problem.contains("cannot start any token"):
            let name = scalar == "`" ? "a backquote" : "`\(scalar)`"
            return YAMLProblem(
                label: "no value may begin with \(name)", began: nil, hint: "put the text in quotes")
        case _ where isUnexpected && (before.last == "'" || before.last == "\""):
            return YAMLProblem(
                label: "the quotes end before this", began: nil,
                hint: "write `''` for a quote inside single quotes, or put double quotes around the text")
        case _ where problem.contains("mapping values are not allowed") && !isSecondColon(before):
            return YAMLProblem(
                label: "this line goes on with the text above it", began: nil,
                hint:
                    "indent it as the other keys are; behind the `:` of a key and the `-` of an item stands a blank"
            )
        case _: return nil
        }
    }

    private static func isSecondColon(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        zip(before, before.dropFirst()).contains { $0 == ":" && $1 == " " }
    }

    private static let known: [(problem: String, context: String, words: YAMLProblem)] = [
        (
            "did not find expected ',' or ']'", "",
            YAMLProblem(
                label: "a `,` or `]` is due here", began: "the list is opened here",
                hint: "close the list with `]`")
        ),
        (
            "did not find expected ',' or '}'", "",
            YAMLProblem(
                label: "a `,` or `}` is due here", began: "the mapping is opened here",
                hint: "close the mapping with `}`; quote a text that holds `,`, `[`, `]`, `{` or `}`")
        ),
        (
            "mapping values are not allowed", "",
            YAMLProblem(
                label: "a second `:` on one line", began: nil,
                hint: "quote the text if the `:` belongs to it, or begin a new line for a new key")
        ),
        (
            "could not find expected ':'", "",
            YAMLProblem(
                label: "no `:` was found up to here", began: "behind this key",
                hint: "write `key: value`, or quote a text of several lines")
        ),
        (
            "unexpected end of stream", "quoted",
            YAMLProblem(
                label: "the file ends here", began: "the quotes are opened here", hint: "close the quotes")
        ),
        (
            "did not find expected key", "block mapping",
            YAMLProblem(
                label: "no key is due here", began: "in this mapping",
                hint: "indent it as the other keys are; quote a text that begins with a quote or bracket")
        ),
        (
            "did not find expected '-' indicator", "",
            YAMLProblem(
                label: "a `-` is due here", began: "in this list", hint: "indent it as the other items are")
        ),
        (
            "did not find expected <document start>", "",
            YAMLProblem(
                label: "this belongs to nothing above", began: nil,
                hint: "is a bracket too many, or the indentation wrong?")
        ),
        (
            "found unknown escape character", "",
            YAMLProblem(
                label: "there is no such escape", began: nil,
                hint: "use single quotes, in which a backslash is a backslash")
        ),
    ]
}
