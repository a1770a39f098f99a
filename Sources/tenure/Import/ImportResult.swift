import TenureCore
import TenureRuntime

/// What became of an import's rows, file by file.
struct ImportResult {
    private(set) var files: [(path: String, tally: ImportTally)] = []

    mutating func add(_ path: String, _ tally: ImportTally) { files.append((path, tally)) }

    var accepted: Int { files.reduce(0) { $0 + $1.tally.accepted } }
    var duplicates: Int { files.reduce(0) { $0 + $1.tally.duplicates } }
    var quarantined: Int { files.reduce(0) { $0 + $1.tally.quarantined } }
    var refused: [(path: String, line: Int, what: String)] {
        files.flatMap { path, tally in tally.refused.byLine.map { (path: path, line: $0.line, what: $0.what) }
        }
    }

    var report: String { refused.map { "\($0.path):\($0.line): \($0.what)\n" }.joined() }

    func summary(reportedTo report: String?) -> String {
        let refused = refused
        var lines = [
            "\(accepted) taken, \(duplicates) seen before, \(quarantined) waiting for their account, \(refused.count) refused"
        ]
        lines += refused.prefix(20).map { "  \($0.path):\($0.line): \($0.what)" }
        if refused.count > 20 {
            lines.append(
                "  … and \(refused.count - 20) more\(report.map { ", all in \($0)" } ?? "; see them all with --report FILE")"
            )
        }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "accepted": .int(Int64(accepted)), "duplicate": .int(Int64(duplicates)),
            "quarantined": .int(Int64(quarantined)),
            "refused": .array(
                refused.map {
                    ["file": .string($0.path), "line": .int(Int64($0.line)), "detail": .string($0.what)]
                }),
        ]
    }
}
