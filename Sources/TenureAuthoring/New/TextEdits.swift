import TenureCore

/// Replacements in the files of a programme, settled all at once so that none finds what another one wrote. What is to be
/// replaced must be there exactly as often as said: else the starter programme has changed, and an answer would silently
/// go nowhere.
struct TextEdits {
    private struct Edit {
        /// A file's path, or the beginning of several.
        var scope: String
        var old: String
        var new: String
        /// Nil: at least once.
        var times: Int?
    }

    private(set) var files: [(path: String, text: String)]
    /// What was not found, for the test that keeps both in step.
    private(set) var lost: [String] = []
    private var pending: [Edit] = []

    init(_ folder: ProgrammeFolder) { files = folder.files }

    var folder: ProgrammeFolder { ProgrammeFolder(files: files) }

    mutating func replace(_ path: String, _ old: String, _ new: String, times: Int = 1) {
        pending.append(Edit(scope: path, old: old, new: new, times: times))
    }

    mutating func replaceEverywhere(_ pairs: [(old: String, new: String)], below scope: String = "") {
        pending += pairs.map { Edit(scope: scope, old: $0.old, new: $0.new) }
    }

    /// Carries out what has been asked for so far.
    mutating func settle() {
        var counts = Array(repeating: 0, count: pending.count)
        for index in files.indices {
            let edits = pending.indices.filter { files[index].path.hasPrefix(pending[$0].scope) }
            files[index].text = replaced(files[index].text, edits, &counts)
        }
        for (edit, count) in zip(pending, counts) where edit.times.map({ $0 != count }) ?? (count == 0) {
            lost.append("\(edit.scope): \(edit.old) (\(count) times)")
        }
        pending = []
    }

    mutating func put(_ path: String, _ text: String) {
        files.removeAll { isSame($0.path, path) }
        files.append((path, text))
    }

    mutating func append(_ path: String, _ text: String) {
        guard let index = files.firstIndex(where: { isSame($0.path, path) }) else { return lost.append(path) }
        files[index].text += text
    }

    private func replaced(_ text: String, _ edits: [Int], _ counts: inout [Int]) -> String {
        let patterns = edits.map { (edit: $0, bytes: Array(pending[$0].old.utf8)) }
        // Most bytes begin nothing that is looked for.
        var begins = Array(repeating: false, count: 256)
        for pattern in patterns { if let first = pattern.bytes.first { begins[Int(first)] = true } }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var (start, index) = (0, 0)
        while index < bytes.count {
            if begins[Int(bytes[index])], let hit = patterns.first(where: { Self.isAt(index, $0.bytes, bytes) }) {
                counts[hit.edit] += 1
                out += bytes[start..<index]
                out += pending[hit.edit].new.utf8
                index += hit.bytes.count
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
