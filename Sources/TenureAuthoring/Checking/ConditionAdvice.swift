import CEL

/// What an author who wrote something like CEL probably meant.
enum ConditionAdvice {
    /// - Parameter fields: the account's.
    static func hint(_ issue: Issue, in source: String, fields: [String]) -> String? {
        switch issue.code {
        case .syntax: syntax(source)
        case .noOverload, .typeMismatch: types(issue.message)
        case .unknownFunction: function(issue.message)
        case .undeclared: name(source[issue.range], issue.message, fields)
        case .tooLong, .tooDeep, .badLiteral, .badPattern, .notAValue: nil
        }
    }

    private static func name(_ name: String, _ message: String, _ fields: [String]) -> String? {
        if fields.contains(name) { return "did you mean `account.\(name)`?" }
        if name == "now" || name == "today" { return clock }
        if message.contains("has no field") { return name.fieldsHint }
        if name.hasPrefix("flag(") || name.hasPrefix("contact(") {
            return "a name has letters, digits, `_` and `-`"
        }
        return nil
    }

    private static let clock =
        "conditions know no clock: `days_since(\"term_start\")` and `days_until(\"term_end\")` count days"

    private static func syntax(_ source: String) -> String? {
        let spaced = " " + source + " "
        if source.unicodeScalars.contains(where: {
            "\u{201C}\u{201D}\u{201E}\u{2018}\u{2019}".unicodeScalars.contains($0)
        }) {
            return "write straight quotes: `\"` or `'`"
        }
        if spaced.contains(" and ") || spaced.contains(" AND ") { return "write `&&` for and" }
        if spaced.contains(" or ") || spaced.contains(" OR ") { return "write `||` for or" }
        if spaced.contains(" not ") || spaced.contains(" NOT ") { return "write `!` for not" }
        if spaced.contains(" = ") { return "write `==` to compare" }
        if source.firstRange(of: "m(") != nil, source.firstRange(of: "m(\"") == nil {
            return "put the metric's name in quotes: `m(\"users.active.7d\")`"
        }
        if spaced.contains("<>") { return "write `!=` for unequal" }
        if spaced.contains(" is ") { return "write `==` to compare, `null` for nothing" }
        return nil
    }

    /// By the name in the message's backquotes.
    private static func function(_ message: String) -> String? {
        let parts = message.split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count > 2 else { return nil }
        let name = String(parts[1])
        if let meant = otherNames[name.lowercased()] { return "here it is called `\(meant)`" }
        if name == "step" { return "only the steps and exits of a play know its steps" }
        return ["now", "today", "date", "time"].contains(name.lowercased()) ? clock : nil
    }

    private static let otherNames: [String: String] = [
        "beginswith": "startsWith", "starts_with": "startsWith", "ends_with": "endsWith",
        "includes": "contains",
        "has_text": "contains", "like": "matches", "regex": "matches", "match": "matches", "len": "size",
        "length": "size", "count": "size", "lower": "lowerAscii", "lowercase": "lowerAscii",
        "tolower": "lowerAscii",
        "upper": "upperAscii", "uppercase": "upperAscii", "toupper": "upperAscii", "float": "double",
        "str": "string",
        "integer": "int", "number": "double", "any": "exists", "some": "exists", "every": "all",
        "metric": "m",
        "max": "math.greatest", "min": "math.least", "abs": "math.abs", "round": "math.round",
        "floor": "math.floor",
        "ceil": "math.ceil", "isnull": "== null", "exists_one": "existsOne",
    ]

    private static func types(_ message: String) -> String? {
        if message.contains("no `in` for") { return "behind `in` stands a list: `[\"a\", \"b\"]`" }
        if message.contains("but bool is needed") || message.contains("no `!` for") {
            return "compare it with something, such as `… > 5` or `… == \"a\"`"
        }
        if message.contains("timestamp"), message.contains("string") {
            return
                "write `timestamp(\"2026-12-31T00:00:00Z\")`, or count days: `days_until(\"term_end\") < 90`"
        }
        if message.contains("double"), message.contains("int") {
            return "write `5.0` for a double, `5` for a whole number"
        }
        if message.contains("duration"), message.contains("int") {
            return "`days_since(…)` and `days_until(…)` give whole days"
        }
        if message.contains("string"), message.contains("int") || message.contains("double") {
            return "a text is quoted, a number is not"
        }
        return nil
    }
}

extension String {
    /// The fields of the record that a call gives.
    fileprivate var fieldsHint: String? {
        let fields: [(String, [String])] = [
            ("contact(", ["known", "days_since_touch"]), ("signal(", ["open", "days_open"]),
            ("play(", ["running", "ended", "days"]), ("step(", ["done", "skipped"]),
        ]
        return fields.first { hasPrefix($0.0) }.map { "it has \(listed($0.1, "and"))" }
    }
}
