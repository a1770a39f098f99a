import CEL

extension Diagnostic {
    static func unknown(
        _ code: MistakeCode, _ kindName: String, _ name: String, at place: Place, in noun: String,
        near: [String] = [], nearest: Place? = nil, choices: [String] = []
    ) -> Diagnostic {
        var mistake = Diagnostic(
            code, "this \(noun) refers to \(withArticle(kindName)) that does not exist",
            at: Label(place, "no \(kindName) is called `\(name)`"))
        if let nearest { mistake.labels.append(Label(nearest, "the nearest one is here")) }
        if !near.isEmpty {
            mistake.hint = "did you mean \(listed(near))?"
        } else if choices.isEmpty {
            mistake.explanation = "The programme has none."
        } else if choices.count <= 8 {
            mistake.explanation = "There is \(listed(choices, "and"))."
        }
        return mistake
    }

    static func wrongWindow(
        _ metric: String, written: String?, windows: [Int], at place: Place, definition: Place?
    ) -> Diagnostic {
        let texts = windowTexts(windows.filter { $0 <= 90 })
        let said =
            switch written {
            case nil: "no window is written"
            case let written?: windows.isEmpty ? "it has no windows" : "it has no window `\(written)`"
            }
        var mistake = Diagnostic(
            .wrongWindow, "the metric `\(metric)` is referred to with the wrong window",
            at: Label(place, said),
            why:
                "A metric is referred to with one of its windows as the last segment, or bare when it has none.",
            hint: windows.isEmpty
                ? "write `\(metric)`" : "write \(listed(texts.map { metric + "." + $0 })), or add the window")
        if let definition { mistake.labels.append(Label(definition, "the metric is here")) }
        return mistake
    }

    /// An issue that the compiler found, in the words of a programme's author.
    static func condition(_ issue: Issue, in noun: String, at place: Place, hint: String?) -> Diagnostic {
        let (code, title): (MistakeCode, String) =
            switch issue.code {
            case .syntax: (.conditionSyntax, "this condition is not valid CEL")
            case .undeclared, .notAValue:
                (.conditionName, "this condition mentions a name that means nothing here")
            case .unknownFunction: (.conditionFunction, "this condition calls a function that does not exist")
            case .noOverload, .typeMismatch: (.conditionTypes, "this condition joins things that do not fit")
            case .tooLong, .tooDeep: (.conditionTooLarge, "this condition is too large")
            case .badLiteral: (.conditionLiteral, "this condition holds a value that can not be read")
            case .badPattern: (.conditionPattern, "this condition holds a pattern that can not be read")
            }
        let message = unwrapped(issue.message)
        let explanation = code == .conditionName ? Vocabularies.explanation(of: noun) : ""
        return Diagnostic(code, title, at: Label(place, message), why: explanation, hint: hint)
    }

    /// That a field may be empty is no part of what does not fit.
    private static func unwrapped(_ text: String) -> String {
        var rest = text[...]
        var result = ""
        while let start = rest.firstRange(of: "wrapper("),
            let end = rest[start.upperBound...].firstIndex(of: ")")
        {
            result += rest[..<start.lowerBound] + rest[start.upperBound..<end]
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    static func notANumber(_ key: String, _ type: Type, at place: Place) -> Diagnostic {
        Diagnostic(
            .conditionResult, "`\(key)` must give a number", at: Label(place, unwrapped("this gives \(type)"))
        )
    }
}
