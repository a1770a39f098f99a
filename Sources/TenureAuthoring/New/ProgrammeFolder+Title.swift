import TenureCore

extension ProgrammeFolder {
    /// The same programme under another title, where `programme.yaml` has it on a line of its own.
    package func titled(_ title: String) -> ProgrammeFolder {
        // What cannot be read is told by the reader, who looks at the folder as it is.
        guard unreadable.isEmpty else { return self }
        return ProgrammeFolder(
            files: files.map { file in
                (
                    path: file.path,
                    text: isSame(file.path, "programme.yaml") ? Self.retitled(file.text, title) : file.text
                )
            })
    }

    private static func retitled(_ text: String, _ title: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard let head = lines.firstIndex(of: "programme:"),
            let place = lines[head...].dropFirst().prefix(while: { $0.hasPrefix("  ") }).firstIndex(where: {
                $0.hasPrefix("  title:")
            })
        else { return text }
        lines[place] = "  title: " + quoted(title)
        return lines.joined(separator: "\n")
    }
}
