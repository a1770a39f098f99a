/// The words of a header line: folded when ASCII, RFC 2047 encoded words when not.
enum HeaderText {
    /// RFC 2047 wants 76; plain words keep to the same width.
    static let columnsMax = 76
    /// 39 bytes make an encoded word of 64 columns, which fits behind every header name used here.
    private static let encodedWordBytesMax = 39

    /// Unstructured text such as a subject; control characters must have been refused before.
    static func unstructured(_ text: String, after name: String) -> String {
        let words = words(text)
        return canStayPlain(words)
            ? folded(words, column: name.utf8.count + 2) : encodedWords(words.joined(" "))
    }

    /// A display name: atoms as they are, a quoted string, or encoded words.
    static func phrase(_ text: String) -> String {
        let words = words(text)
        guard canStayPlain(words), words.joined(" ").utf8.count <= 60 else {
            return encodedWords(words.joined(" "))
        }
        let isAtoms = words.allSatisfy { $0.utf8.allSatisfy(isAtomByte) }
        return isAtoms ? words.joined(" ") : quoted(words.joined(" "))
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// RFC 5322 `atext`.
    static func isAtomByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func words(_ text: String) -> [Substring] {
        text.split { $0 == " " || $0 == "\t" }
    }

    /// `=?` would be taken for an encoded word; a word wider than the line cannot be folded.
    private static func canStayPlain(_ words: [Substring]) -> Bool {
        words.allSatisfy { word in
            word.utf8.count <= 60 && !word.contains("=?") && word.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
    }

    private static func folded(_ words: [Substring], column: Int) -> String {
        var line = ""
        var column = column
        for (index, word) in words.enumerated() {
            let fits = column + 1 + word.utf8.count <= columnsMax
            if index > 0 { line += fits ? " " : "\r\n " }
            column = (fits ? column : 0) + 1 + word.utf8.count
            line += word
        }
        return line
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }

    /// Words are cut between scalars, as each must decode by itself.
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if bytes.count + next.count > encodedWordBytesMax {
                words.append(encodedWord(bytes))
                bytes = []
            }
            bytes += next
        }
        if !bytes.isEmpty { words.append(encodedWord(bytes)) }
        return words.joined(separator: "\r\n ")
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(base64(bytes))?=" }

    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                out.append(place > group.count ? 0x3D : alphabet[Int(bits >> UInt32(18 - 6 * place)) & 63])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension [Substring] {
    fileprivate func joined(_ separator: String) -> String { joined(separator: separator) }
}
