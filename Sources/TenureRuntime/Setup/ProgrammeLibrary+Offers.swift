package import TenureAuthoring

extension ProgrammeLibrary {
    /// What a folder is offered as: the first sentence of the comment that its `programme.yaml` begins with.
    package static func sentence(of folder: ProgrammeFolder) -> String {
        let text = folder.files.first { $0.path == "programme.yaml" }?.text ?? ""
        let comment = text.split(separator: "\n", omittingEmptySubsequences: false).prefix {
            $0.hasPrefix("#")
        }
        .map { $0.drop { $0 == "#" || $0 == " " } }.joined(separator: " ")
        guard let end = comment.firstRange(of: ". ") else { return String(comment.prefix(300)) }
        return String(comment[..<end.lowerBound].prefix(300)) + "."
    }
}
