/// Every time zone by name, with the version of the database that it was made from.
///
/// The text form is one line a zone: `Europe/Rome 3600 954032400:7200 …` (first offset, then transitions from 2000 to
/// 2100, each as seconds since the one before and its offset), or `Alias =Target`; the first line is `version 2025b`.
package struct ZoneTable: Sendable {
    package var version: String
    private var zones: [String: ZoneRules]

    package init(text: String) {
        var version = ""
        var zones: [String: ZoneRules] = ["UTC": .utc]
        var aliases: [(String, String)] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 2 else { continue }
            if words[0] == "version" {
                version = String(words[1])
            } else if words[1].utf8.first == 0x3D {
                aliases.append((String(words[0]), String(words[1].dropFirst())))
            } else if let zone = Self.zone(words) {
                zones[zone.name] = zone
            }
        }
        for (alias, target) in aliases {
            if var zone = zones[target] {
                zone.name = alias
                zones[alias] = zone
            }
        }
        self.version = version
        self.zones = zones
    }

    package subscript(name: String) -> ZoneRules? { zones[name] }

    /// All names in byte order.
    package var names: [String] { zones.keys.sorted { precedes($0, $1) } }

    private static func zone(_ words: [Substring]) -> ZoneRules? {
        guard let first = Int32(words[1]) else { return nil }
        var last: Int64 = 0
        var transitions: [ZoneRules.Transition] = []
        transitions.reserveCapacity(words.count - 2)
        for word in words.dropFirst(2) {
            let parts = word.split(separator: ":")
            guard parts.count == 2, let delta = Int64(parts[0]), let offset = Int32(parts[1]) else { return nil }
            last += delta
            transitions.append(.init(atSeconds: last, offsetSeconds: offset))
        }
        return ZoneRules(name: String(words[0]), firstOffsetSeconds: first, transitions: transitions)
    }
}
