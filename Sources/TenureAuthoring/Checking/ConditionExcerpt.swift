import CEL

/// A condition in its file: turns ranges of the expression into places, and finds the call that an issue is
/// about.
struct ConditionExcerpt {
    struct Call {
        var name: String
        var argument: String
        /// Of the argument without its quotes.
        var range: SourceRange
    }

    let scalar: Scalar
    private let positions: ScalarPositions
    private let bytes: [UInt8]

    init(scalar: Scalar, source: SourceText) {
        self.scalar = scalar
        bytes = Array(scalar.text.utf8)
        positions = ScalarPositions(
            text: scalar.text, style: scalar.style, line: scalar.place.line, column: scalar.place.column,
            source: source)
    }

    func place(_ range: SourceRange) -> Place {
        let lower = max(0, min(range.lower, bytes.count))
        let upper = max(lower, min(range.upper, bytes.count))
        return positions.place(of: lower..<upper, in: scalar.text, file: scalar.place.file)
    }

    /// The first `name("argument")` that starts in the range or, if the range starts at the argument, around
    /// it.
    func call(in range: SourceRange) -> Call? {
        guard let quote = (max(0, range.lower)..<bytes.count).first(where: { isQuote(bytes[$0]) }),
            let end = (quote + 1..<bytes.count).first(where: { bytes[$0] == bytes[quote] }),
            let name = name(before: quote)
        else { return nil }
        let argument = SourceRange(lower: quote + 1, upper: end)
        return Call(name: name, argument: scalar.text[argument], range: argument)
    }

    private func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }

    private func name(before quote: Int) -> String? {
        var index = quote
        while index > 0, bytes[index - 1] == 0x20 { index -= 1 }
        guard index > 0, bytes[index - 1] == 0x28 else { return nil }
        index -= 1
        var start = index
        while start > 0, isLetter(bytes[start - 1]) { start -= 1 }
        return start < index ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F: true
        case _: false
        }
    }
}

/// `days_since(entity.due_at)` as the literal call `days_since("due_at")`, blanks keeping every offset where
/// it was.
enum EntityCalls {
    static func asLiteralCalls(_ source: String) -> String {
        let head = Array("days_since(entity.".utf8)
        var bytes = Array(source.utf8)
        var index = 0
        var quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == 0x5C { index += 1 } else if byte == open { quote = nil }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if bytes[index...].starts(with: head), let end = bytes[index...].firstIndex(of: 0x29) {
                rewrite(&bytes, from: index + head.count, to: end)
            }
            index += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `entity.name` becomes `"name"` and five blanks.
    private static func rewrite(_ bytes: inout [UInt8], from start: Int, to end: Int) {
        let name = bytes[start..<end]
        let isName = name.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == 0x5F
        }
        guard isName, !name.isEmpty else { return }
        let prefix = "entity.".utf8.count
        let replacement = [0x22] + Array(name) + [0x22] + Array(repeating: 0x20, count: prefix - 2)
        bytes.replaceSubrange((start - prefix)..<end, with: replacement)
    }
}
