extension Value: CustomStringConvertible {
    /// The value as an author would write it: `"x"`, `5u`, `duration("90s")`, `optional.none()`.
    ///
    /// What lies deeper than 64 levels is left out, and what is no value is named: `unknown`, `error: …`.
    public var description: String { text(depth: 0) }

    private static let depthLimit = 64

    private func text(depth: Int) -> String {
        guard depth < Self.depthLimit else { return "…" }
        switch self {
        case .null: return "null"
        case .bool(let truth): return truth ? "true" : "false"
        case .int(let number): return String(number)
        case .uint(let number): return "\(number)u"
        case .double(let number): return number.isFinite ? number.description : "double(\"\(number.celText)\")"
        case .string(let text): return Self.literal(text)
        case .bytes(let bytes): return "b\"" + bytes.map(\.quoted).joined() + "\""
        case .timestamp(let instant): return "timestamp(\"\(instant)\")"
        case .duration(let span): return "duration(\"\(span)\")"
        case .type(let name): return name.name
        case .optional(let held): return held.map { "optional.of(\($0.text(depth: depth + 1)))" } ?? "optional.none()"
        case .unknown: return "unknown"
        case .error(let error): return "error: \(error.message)"
        case .list(let elements): return "[" + elements.map { $0.text(depth: depth + 1) }.joined(separator: ", ") + "]"
        case .map(let map): return Self.text(map, depth: depth + 1)
        }
    }

    /// The text within quotes, with an escape for NUL as well, which no literal may hold bare.
    private static func literal(_ text: String) -> String {
        let parts = TextFunctions.quoted(text.unicodeScalars).split(separator: "\0", omittingEmptySubsequences: false)
        return parts.joined(separator: "\\x00")
    }

    private static func text(_ map: CELMap, depth: Int) -> String {
        let entries = map.entries.map { "\($0.key.text(depth: depth)): \($0.value.text(depth: depth))" }
        return "{" + entries.joined(separator: ", ") + "}"
    }
}

extension UInt8 {
    /// The byte within a bytes literal.
    fileprivate var quoted: String {
        let isPlain = (0x20..<0x7F).contains(self) && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
        if isPlain { return String(Unicode.Scalar(self)) }
        return "\\x" + (self < 16 ? "0" : "") + String(self, radix: 16)
    }
}
