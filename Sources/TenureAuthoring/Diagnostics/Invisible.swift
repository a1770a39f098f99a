/// Characters that nobody sees, which come in when text is copied from pages and documents.
enum Invisible {
    /// What to do about the first of them; nil when there is none.
    static func hint(_ text: String) -> String? {
        guard let scalar = text.unicodeScalars.first(where: isOne) else { return nil }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return
            "delete the invisible character U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits), or write the text anew"
    }

    /// The key that was meant, when such a character stands before its value.
    static func meant(_ text: String) -> String {
        let visible = text.unicodeScalars.filter { !isOne($0) }
        return String(String(String.UnicodeScalarView(visible)).prefix { $0 != ":" })
    }

    private static func isOne(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0xAD, 0x200B...0x200F, 0x202A...0x202F, 0x2060...0x2064, 0xFEFF: true
        case _: false
        }
    }
}
