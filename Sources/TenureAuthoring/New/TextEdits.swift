import TenureCore

/// Replacements in the files of a programme. What is to be replaced must be there exactly as often as said: else the
/// starter programme has changed, and an answer would silently go nowhere.
struct TextEdits {
    private(set) var files: [(path: String, text: String)]
    /// What was not found, for the test that keeps both in step.
    private(set) var lost: [String] = []

    init(_ folder: ProgrammeFolder) { files = folder.files }

    var folder: ProgrammeFolder { ProgrammeFolder(files: files) }

    mutating func replace(_ path: String, _ old: String, _ new: String, times: Int = 1) {
        guard let index = files.firstIndex(where: { isSame($0.path, path) }) else { return lost.append(path) }
        let parts = files[index].text.split(separator: old, omittingEmptySubsequences: false)
        guard parts.count == times + 1 else { return lost.append("\(path): \(old) \(parts.count - 1) times") }
        files[index].text = parts.joined(separator: new)
    }

    /// All at once in every file below a folder, so that nothing is replaced in what came from a replacement.
    mutating func replaceEverywhere(_ pairs: [(old: String, new: String)], below folder: String = "") {
        var found = Array(repeating: false, count: pairs.count)
        for index in files.indices where files[index].path.hasPrefix(folder) {
            files[index].text = Self.replaced(files[index].text, pairs, &found)
        }
        for (pair, isFound) in zip(pairs, found) where !isFound { lost.append("anywhere: \(pair.old)") }
    }

    mutating func put(_ path: String, _ text: String) {
        files.removeAll { isSame($0.path, path) }
        files.append((path, text))
    }

    mutating func append(_ path: String, _ text: String) {
        guard let index = files.firstIndex(where: { isSame($0.path, path) }) else { return lost.append(path) }
        files[index].text += text
    }

    private static func replaced(_ text: String, _ pairs: [(old: String, new: String)], _ found: inout [Bool]) -> String {
        let patterns = pairs.map { Array($0.old.utf8) }
        // Most bytes begin nothing that is looked for.
        var begins = Array(repeating: false, count: 256)
        for pattern in patterns { if let first = pattern.first { begins[Int(first)] = true } }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var (start, index) = (0, 0)
        while index < bytes.count {
            if begins[Int(bytes[index])], let hit = patterns.firstIndex(where: { isAt(index, $0, bytes) }) {
                found[hit] = true
                out += bytes[start..<index]
                out += pairs[hit].new.utf8
                index += patterns[hit].count
                start = index
            } else {
                index += 1
            }
        }
        return String(decoding: out + bytes[start...], as: UTF8.self)
    }

    private static func isAt(_ start: Int, _ pattern: [UInt8], _ bytes: [UInt8]) -> Bool {
        guard start + pattern.count <= bytes.count else { return false }
        for offset in pattern.indices where bytes[start + offset] != pattern[offset] { return false }
        return true
    }
}

/// The text in double quotes, as YAML reads it.
func quoted(_ text: String) -> String { JSON.string(text).text }

/// Words that YAML, in one version or another, takes for something else than text.
private let notForYAML: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

/// Ids from titles: `Core workflow` is `core_workflow`. Each is an id, and none is there twice.
func ids(of titles: [String], fallback: String) -> [String] {
    var ids: [String] = []
    for title in titles {
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let joined = String(words.joined(separator: "_").prefix(60))
        let isName = joined.first?.isLetter == true && !notForYAML.contains(joined)
        let stem = isName ? joined : joined.isEmpty ? fallback : "\(fallback)_\(joined)"
        var id = stem
        var number = 2
        while ids.contains(id) {
            id = "\(stem)_\(number)"
            number += 1
        }
        ids.append(id)
    }
    return ids
}
