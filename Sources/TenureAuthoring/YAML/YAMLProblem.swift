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

    init(_ problem: String, context: String, at scalar: Unicode.Scalar?) {
        self =
            Self.known.first { problem.contains($0.problem) && context.contains($0.context) }?.words
            ?? YAMLProblem(label: problem, began: nil, hint: nil)
        if problem.contains("cannot start any token"), let scalar {
            label = "no value may begin with `\(scalar)`"
        }
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
            "cannot start any token", "",
            YAMLProblem(label: "", began: nil, hint: "put the text in quotes")
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
