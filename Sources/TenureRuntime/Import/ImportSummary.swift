package import TenureCore
import TenureStore

/// What an import came to, as the workspace remembers it.
package struct ImportSummary: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        package var name: String
        package var accepted: Int
        package var duplicates: Int
        package var quarantined: Int
        package var refused: Int
    }

    package let id: String
    package let at: Instant
    package let by: String
    package let files: [File]

    private static let prefix = "import:"

    init(_ one: Import) {
        id = one.id
        at = one.begun
        by = one.by
        files = one.files.map { file in
            let tally = file.tally ?? ImportTally()
            return File(
                name: file.name, accepted: tally.accepted, duplicates: tally.duplicates,
                quarantined: tally.quarantined,
                refused: tally.refused.count)
        }
    }

    func keep(in workspace: Workspace) async throws {
        try await workspace.write { $0.settings.append((name: Self.prefix + id, value: text)) }
    }

    /// Newest first.
    package static func all(of workspace: Workspace) async throws -> [ImportSummary] {
        let rows = try await workspace.read { try $0.settings(prefix: prefix) }
        return rows.compactMap { ImportSummary(id: String($0.name.dropFirst(prefix.count)), text: $0.value) }
            .sorted { ($1.at, $1.id) < ($0.at, $0.id) }
    }

    private var text: String {
        let files = files.map { file -> JSON in
            [
                "name": .string(file.name), "accepted": .int(Int64(file.accepted)),
                "duplicate": .int(Int64(file.duplicates)),
                "quarantined": .int(Int64(file.quarantined)), "refused": .int(Int64(file.refused)),
            ]
        }
        return JSON.object(["at": .string(at.text), "by": .string(by), "files": .array(files)]).text
    }

    private init?(id: String, text: String) {
        guard case .success(.object(let object)) = JSONReader.read(text),
            let at = object["at"]?.string.flatMap({ try? Instant.parse(rfc3339: $0).get() })
        else { return nil }
        self.id = id
        self.at = at
        by = object["by"]?.string ?? ""
        files = (object["files"]?.array ?? []).compactMap(\.object).map { file in
            let count = { (name: String) in Int(clamping: file[name]?.int ?? 0) }
            return File(
                name: file["name"]?.string ?? "", accepted: count("accepted"), duplicates: count("duplicate"),
                quarantined: count("quarantined"), refused: count("refused"))
        }
    }
}
