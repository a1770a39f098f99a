import Foundation
import TenureCore

@testable import TenureAuthoring

/// The repository as the tests find it beside themselves.
let repository = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

/// Every definition and body below a folder of the repository.
func shippedFolder(_ path: String) throws -> ProgrammeFolder {
    let root = repository.appending(path: path)
    let names = (FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? [])
        .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".mustache") }
    return ProgrammeFolder(
        files: try names.map { ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8)) })
}

let shippedProgrammes = ["starter", "claresia", "credlink", "maestro", "auterity", "csos"]

func shippedZones() throws -> ZoneTable {
    ZoneTable(text: try String(contentsOf: repository.appending(path: "Programmes/zones.txt"), encoding: .utf8))
}
