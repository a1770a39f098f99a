import TenureCore

/// The files of a programme as the caller read them: paths relative to the folder, with `/` between parts.
package struct ProgrammeFolder: Sendable {
    /// In byte order of their paths.
    package let files: [(path: String, text: String)]

    package init(files: [(path: String, text: String)]) {
        self.files = files.sorted { precedes($0.path, $1.path) }
    }

    var definitions: [(path: String, text: String)] {
        files.filter { $0.path.hasSuffix(".yaml") || $0.path.hasSuffix(".yml") }
    }

    /// Message bodies: `messages/<id>.mustache`, at any depth.
    var bodies: [(id: String, path: String, text: String)] {
        files.compactMap { file in
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count >= 2, parts[parts.count - 2] == "messages", file.path.hasSuffix(".mustache"),
                let name = parts.last
            else { return nil }
            return (String(name.dropLast(".mustache".count)), file.path, file.text)
        }
    }

    /// The same files below another folder.
    package func below(_ folder: String) -> ProgrammeFolder {
        ProgrammeFolder(files: files.map { (folder + "/" + $0.path, $0.text) })
    }

    /// Every file with its path and length, so that two folders have one text only if they are equal.
    var canonicalText: String {
        files.map { "=== \($0.path) \($0.text.utf8.count)\n\($0.text)\n" }.joined()
    }
}
