/// The lines that map an event which the programme does not know.
enum EventSketch {
    private static let track = "track:"

    static func text(_ type: String) -> String {
        guard type.hasPrefix(track) else { return lines(type, title: type, segment: nil) }
        let name = String(type.dropFirst(track.count))
        return lines(id(name), title: name, segment: name)
    }

    private static func lines(_ type: String, title: String, segment: String?) -> String {
        let head = "  - type: \(type)\n    title: \(quoted(title))"
        return "events:\n" + head + (segment.map { "\n    segment: [{track: \(quoted($0))}]" } ?? "")
    }

    /// `Report Exported` as `report.exported`.
    private static func id(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "event" : words.joined(separator: ".")
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
