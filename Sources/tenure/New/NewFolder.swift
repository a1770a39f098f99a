import Foundation
import TenureAuthoring

/// A programme's folder as `tenure new` leaves it: definitions, schemas for editors, and a page that says what was asked.
struct NewFolder {
    let path: String

    /// All of it or nothing: it is made beside its place and moved there.
    func write(_ programme: ProgrammeFolder, _ answers: Answers) throws {
        let place = URL(filePath: path)
        let draft = place.deletingLastPathComponent()
            .appending(path: ".\(place.lastPathComponent)-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: draft) }
        for file in files(programme, answers) { try NewFiles.write(file.text, to: draft.appending(path: file.path)) }
        do {
            try FileManager.default.moveItem(at: draft, to: place)
        } catch {
            throw Failure(
                code: "cannot-write", what: "\(path) cannot be made: \(error.localizedDescription)",
                remedy: "Is it there already, and may you write beside it?")
        }
    }

    private func files(_ programme: ProgrammeFolder, _ answers: Answers) -> [(path: String, text: String)] {
        let schemas = DefinitionSchema.all.map { (".tenure/schemas/" + $0.fileName, $0.text) }
        let settings = #"{"yaml.schemas": {".tenure/schemas/file.schema.json": ["*.yaml", "tests/*.yaml"]}}"# + "\n"
        return programme.files + schemas + [
            (".vscode/settings.json", settings), ("README.md", NewProgramme.readme(answers)),
        ]
    }
}
