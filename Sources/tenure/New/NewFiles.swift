import Foundation

/// Files that a command leaves behind for people.
enum NewFiles {
    /// Writes it whole or not at all; folders on the way are made.
    /// - Throws: `cannot-write`, with the reason that the system gives.
    static func write(_ text: String, to url: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw Failure(
                code: "cannot-write", what: "\(url.path) cannot be written: \(error.localizedDescription)",
                remedy: "Is there space, and may you write to that folder?")
        }
    }
}
