/// A folder whose YAML has been taken apart, so that it can be read again with parts left out.
struct ParsedFolder: Sendable {
    struct File: Sendable {
        var path: String
        /// Nil when it is no YAML, for the mistakes below.
        var root: Node?
        var source: SourceText
        var mistakes: [Diagnostic]
    }

    var files: [File]
    var bodies: [(id: String, path: String, text: String)]

    init(_ folder: ProgrammeFolder) {
        files = folder.definitions.map { file in
            let (root, source, mistakes) = SafeYAML.read(file.text, file: file.path)
            return File(path: file.path, root: root, source: source, mistakes: mistakes)
        }
        bodies = folder.bodies
    }
}
