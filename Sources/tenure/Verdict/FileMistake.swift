/// What is wrong with one line of a stranger's files, and what to do about it.
struct FileMistake: Error {
    var path: String
    var line: Int
    var code: String
    var what: String
    var remedy: String

    var text: String { "\(path):\(line): \(what)\n    \(remedy)  [\(code)]" }
}

extension [FileMistake] {
    /// The first twenty, or all of them.
    func text(all: Bool, reportedTo report: String?) -> String {
        var lines = (all ? self[...] : prefix(20)).map(\.text)
        if !all, count > 20 {
            lines.append(
                "… and \(count - 20) more\(report.map { ", all in \($0)" } ?? "; see them all with --report FILE")"
            )
        }
        return lines.joined(separator: "\n")
    }
}
