/// A folder whose YAML has been taken apart, so that it can be read again with parts left out.
struct ParsedFolder: Sendable {
    struct File: Sendable {
        var path: String
        /// Nil when it is no YAML, for the mistakes below.
        var root: Node?
        var source: SourceText
        var mistakes: [Diagnostic]

        /// What the file defines is not known, or not all of it.
        var isOpaque: Bool {
            if root == nil { return mistakes.contains { $0.code != .emptyFile } }
            return mistakes.contains { mistake in
                let isSection = mistake.labels.first?.place.column == 1
                return mistake.code == .severalDocuments || (mistake.code == .duplicateKey && isSection)
            }
        }
    }

    var files: [File]
    var bodies: [(id: String, path: String, text: String)]
    /// What is wrong with files that are no YAML.
    var mistakes: [Diagnostic]

    init(_ folder: ProgrammeFolder) {
        files = folder.definitions.map { file in
            if let mistake = folder.unreadable[file.path] {
                return File(path: file.path, root: nil, source: SourceText(file.text), mistakes: [mistake])
            }
            let (root, source, mistakes) = SafeYAML.read(file.text, file: file.path)
            return File(path: file.path, root: root, source: source, mistakes: mistakes)
        }
        bodies = folder.bodies
        mistakes = folder.bodies.compactMap { folder.unreadable[$0.path] }
        mistakes += folder.strayBodies.map { .strayBody(path: $0) }
    }
}
