import Foundation
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

extension CheckCommand {
    /// Writes the golden values of a folder's tests anew, and prints each that changed.
    func updateGoldens(_ name: String) throws {
        guard !embeddedProgrammes.names.contains(name) else {
            throw Failure(
                code: "embedded-programme", what: "\(name) is inside the binary, so its tests can not be written.",
                remedy: "Name a folder: tenure check FOLDER --update")
        }
        guard let loaded = embeddedProgrammes.read(try programmeFolder(name)).0 else { return }
        var byFile: [String: [GoldenChange]] = [:]
        for change in changes(loaded) { byFile[change.place.file, default: []].append(change) }
        for (file, changes) in byFile.sorted(by: { precedes($0.key, $1.key) }) {
            try write(changes, to: URL(filePath: name).appending(path: file))
        }
    }

    private func changes(_ loaded: LoadedProgramme) -> [GoldenChange] {
        let compiled = embeddedProgrammes.compile(loaded)
        let scenarios = loaded.programme.scenarios.filter { scenario in
            !scenario.goldens.isEmpty && (only.map { scenario.id.contains($0) } ?? true)
        }
        return scenarios.flatMap { scenario in
            zip(loaded.sources.goldens[scenario.id] ?? [], ScenarioCheck.goldenValues(scenario, compiled)).compactMap { place, value in
                value.map { GoldenChange(place: place, value: $0) }
            }
        }
    }

    /// From the last to the first, so that places still hold.
    private func write(_ changes: [GoldenChange], to url: URL) throws {
        var lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n").map { Array($0.unicodeScalars) }
        var written: [String] = []
        for change in changes.sorted(by: { ($0.place.line, $0.place.column) > ($1.place.line, $1.place.column) }) {
            let start = change.place.column - 1
            let end = start + change.place.length
            guard lines.indices.contains(change.place.line - 1), end <= lines[change.place.line - 1].count else { continue }
            let before = String(String.UnicodeScalarView(lines[change.place.line - 1][start..<end]))
            guard before != change.value, Double(before) == nil || Double(before) != Double(change.value) else { continue }
            lines[change.place.line - 1].replaceSubrange(start..<end, with: Array(change.value.unicodeScalars))
            written.append("\(change.place.file):\(change.place.line)  \(before) → \(change.value)")
        }
        guard !written.isEmpty else { return }
        let text = lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
        try Data(text.utf8).write(to: url, options: .atomic)
        print(written.reversed().joined(separator: "\n"))
    }
}

/// A golden value and where it stands.
struct GoldenChange {
    var place: Place
    var value: String
}
