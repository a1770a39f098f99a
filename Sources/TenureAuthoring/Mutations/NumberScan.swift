/// Finds the numbers of a condition without reading it: digits outside of names and quoted texts.
struct NumberScan {
    struct Found {
        /// As offsets of Unicode scalars.
        var range: Range<Int>
        var text: String
        /// The comparison around it: what stands between `&&`, `||`, `?`, `:` and `,`.
        var clause: String
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private(set) var found: [Found] = []

    init(_ condition: String) {
        scalars = Array(condition.unicodeScalars)
        while position < scalars.count { step() }
    }

    /// The condition with one of its numbers replaced.
    func replacing(_ number: Found, with text: String) -> String {
        string(0..<number.range.lowerBound) + text + string(number.range.upperBound..<scalars.count)
    }

    private mutating func step() {
        switch scalars[position] {
        case "\"", "'": skipText(scalars[position])
        case "0"..."9": take()
        case "a"..."z", "A"..."Z", "_": skip { Self.isNamePart($0) }
        case _: position += 1
        }
    }

    private mutating func skipText(_ quote: Unicode.Scalar) {
        position += 1
        while position < scalars.count, scalars[position] != quote { position += scalars[position] == "\\" ? 2 : 1 }
        position += 1
    }

    private mutating func skip(_ isPart: (Unicode.Scalar) -> Bool) {
        while position < scalars.count, isPart(scalars[position]) { position += 1 }
    }

    private mutating func take() {
        let start = position
        skip { Self.isDigit($0) || $0 == "." }
        let range = start..<position
        found.append(Found(range: range, text: string(range), clause: clause(around: range)))
    }

    private func clause(around range: Range<Int>) -> String {
        let start = (0..<range.lowerBound).last { isSeparator(scalars[$0]) }.map { $0 + 1 } ?? 0
        let end = (range.upperBound..<scalars.count).first { isSeparator(scalars[$0]) } ?? scalars.count
        return string(start..<end)
    }

    private func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "&", "|", "?", ":", ",": true
        case _: false
        }
    }

    private func string(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ".": true
        case _: false
        }
    }
}
