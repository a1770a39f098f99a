import Foundation
import Testing

let goldens = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")

/// Compares with a file under Goldens; `UPDATE_SNAPSHOTS=1` writes it anew.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = goldens.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" { try Data(text.utf8).write(to: file) }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(text == golden, "differs from Goldens/\(name)", sourceLocation: sourceLocation)
}
