import TenureCore

/// How many bytes a template comes to with its values, told before any is written: a section repeats what stands in it,
/// lists stand in lists, and a long value may be mentioned often.
struct MessageSize {
    /// More is refused: nobody reads it, and making it would take time and memory without end.
    static let bytesMax = 1 << 20

    private let values: JSONObject
    private let longestItem: Int
    private var bytes = 0
    /// How often the current section is repeated, and those around it.
    private var factor = 1
    private var outer: [Int] = []

    static func isWithinBounds(_ text: String, _ values: JSONObject) -> Bool {
        var size = MessageSize(values)
        size.measure(text)
        return size.bytes <= bytesMax
    }

    private init(_ values: JSONObject) {
        self.values = values
        longestItem = values.members.flatMap { $0.value.array ?? [] }.map(Self.length).max() ?? 0
    }

    private mutating func measure(_ text: String) {
        var rest = text.utf8[...]
        while let open = rest.firstRange(of: "{{".utf8) {
            add(rest[..<open.lowerBound].count)
            rest = rest[open.upperBound...]
            let close = rest.firstRange(of: "}}".utf8)
            tag(String(Substring(rest[..<(close?.lowerBound ?? rest.endIndex)])))
            rest = rest[(close?.upperBound ?? rest.endIndex)...]
        }
        add(rest.count)
    }

    private mutating func add(_ count: Int) {
        let (product, isTooMuch) = (count + 1).multipliedReportingOverflow(by: factor)
        bytes = isTooMuch || product > Self.bytesMax ? Self.bytesMax + 1 : min(bytes + product, Self.bytesMax + 1)
    }

    private mutating func tag(_ content: String) {
        let name = String(content.dropFirst().filter { !$0.isWhitespace })
        switch content.first {
        case "#":
            outer.append(factor)
            // Beyond the limit nothing grows any more.
            factor = min(factor * (values[name]?.array?.count ?? 1), Self.bytesMax)
        case "^": outer.append(factor)
        case "/": factor = outer.popLast() ?? 1
        case "!": break
        case _: add(length(of: content.filter { !$0.isWhitespace }))
        }
    }

    private func length(of name: String) -> Int { name == "." ? longestItem : values[name].map(Self.length) ?? 0 }

    private static func length(_ value: JSON) -> Int { value.string?.utf8.count ?? 32 }
}
