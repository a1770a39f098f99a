/// How a number or flag that was written in another fashion is written plainly.
enum PlainSpelling {
    static func hint(_ node: Node, wanted: String) -> String? {
        guard let scalar = node.scalar else {
            return wanted == "a list" && node.map != nil ? "begin each item with `- `" : nil
        }
        if wanted == "a list" {
            return scalar.isEmpty ? "write items, or remove the line" : "write `[\(scalar.excerpt)]`"
        }
        if wanted == "a mapping" {
            return scalar.isEmpty ? nil : "write `{id: \(scalar.excerpt), …}`"
        }
        guard wanted.contains("number") || wanted.contains("true") else { return nil }
        if scalar.style == .singleQuoted || scalar.style == .doubleQuoted { return "write it without quotes" }
        if wanted.contains("true") { return flag(scalar.text.lowercased()).map { "write `\($0)`" } }
        return number(scalar.text).map { "write `\($0)`" }
    }

    private static func flag(_ text: String) -> String? {
        switch text {
        case "yes", "on", "y", "1", "true": "true"
        case "no", "off", "n", "0", "false": "false"
        case _: nil
        }
    }

    /// `012`, `1_000`, `1,000` and `80%` as people mean them.
    private static func number(_ text: String) -> String? {
        var plain = text.filter { $0 != "_" && $0 != "%" && $0 != "+" && $0 != " " }
        let parts = plain.split(separator: ",", omittingEmptySubsequences: false)
        let isGrouped = parts.count > 1 && parts.dropFirst().allSatisfy { $0.count == 3 }
        plain = parts.joined(separator: isGrouped ? "" : ".")
        while plain.hasPrefix("0"), plain.count > 1, plain.dropFirst().first?.isNumber == true {
            plain.removeFirst()
        }
        return plain != text && PlainNumber.double(plain) != nil ? plain : nil
    }
}
