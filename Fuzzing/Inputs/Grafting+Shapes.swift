extension Grafting {
    /// Puts a part into a construct of its language: `x > 1` becomes `[1, 2].all(a, x > 1)`, a plain text a folded one.
    /// Now and then the input ends there.
    mutating func wrap(_ stock: [UInt8]) -> [UInt8] {
        guard let place = drawWrapped(of: stock) else { return stock }
        let part = String(decoding: stock[place], as: UTF8.self)
        let wrapped = drawShape().map { $0 == "$" ? part : String($0) }.joined()
        let rest = drawsEnd() ? [] : stock[place.upperBound...]
        return Array(stock[..<place.lowerBound]) + Array(wrapped.utf8) + rest
    }

    /// Writes a mapping between braces on lines of its own: `- {a: 1, b: 2}` becomes `- a: 1` and, below it, `b: 2`.
    mutating func unfold(_ stock: [UInt8]) -> [UInt8] {
        guard let line = drawPart(of: stock), let open = stock[line.lowerBound...].firstIndex(of: UInt8(ascii: "{")),
            let start = stock[...open].lastIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 }) ?? (open > 0 ? 1 : nil)
        else { return stock }
        var made: [UInt8] = []
        var depth = 0
        var end = open
        for byte in stock[open...] {
            end += 1
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
            if depth == 0 { break }
            if depth == 1, byte == UInt8(ascii: ",") {
                made += [UInt8(ascii: "\n")] + [UInt8](repeating: UInt8(ascii: " "), count: max(0, open - start - 1))
            } else if !(depth == 1 && byte == UInt8(ascii: "{")) {
                made.append(byte)
            }
        }
        return Array(stock[..<open]) + made + stock[end...]
    }

    /// Constructs with a `$` where the part belongs.
    static func shapes(_ target: FuzzTarget) -> [String] {
        switch target {
        case .cel: macros + operators
        case .definitions:
            [
                " '$'", " \"$\"", " >-\n      $", " |\n      $", " >\n      $\n", " [$]", " {a: $}", "\n      - $", " $ # $",
                " &a $", " !!str $", "$\n$", " {id: a, $}",
            ]
        case .templates:
            MessageNames.lists.map { "{{#\($0)}}$\n{{/\($0)}}" } + MessageNames.lists.map { "{{^\($0)}}$\n{{/\($0)}}" }
                + ["{{! $ }}", "{{$}}", "$\r\n$"]
        }
    }

    /// Every macro over a list and over a map.
    private static let macros: [String] = ["[1, 2]", "{'a': 1, 'b': 2}"].flatMap { range in
        let one = ["all", "exists", "exists_one", "map", "filter", "sortBy"].map { "\(range).\($0)(a, $)" }
        let two = ["all", "exists", "existsOne", "transformList", "transformMap", "transformMapEntry"]
        return one + two.map { "\(range).\($0)(a, b, $)" } + ["\(range).map(a, $, a)", "\(range).transformList(a, b, $, b)"]
    }

    private static let operators = [
        "!($)", "-($)", "($)", "[$]", "[$, $]", "[$][0]", "{'a': $}", "{'a': $}.a", "{'a': $}.?a", "{$: 1}", "$ + $", "$ == $",
        "$ && true", "$ || false", "$ < $", "$ in [$]", "true ? $ : $", "$ ? 1 : 2", "cel.bind(a, $, [a, a])",
        "optional.of($)", "optional.of($).optMap(a, a)", "optional.ofNonZeroValue($).orValue($)", "dyn($)", "type($)",
        "string($)", "int($)", "double($)", "size($)", "has($.a)", "[$].flatten()", "[$, $].distinct()", "math.greatest($, $)",
    ]
}

/// The names that are lists.
private enum MessageNames {
    static let lists = ["health.reasons", "signal.actions", "step.tasks"]
}
