package import TenureAuthoring
package import TenureCore
package import TenureEngine
import TenureProgramme

/// Every programme that this binary knows by name, and those in folders: from files to something that runs.
package struct ProgrammeLibrary: Sendable {
    package let zones: ZoneTable
    private let files: [(path: String, text: String)]

    /// - Parameter files: by paths such as `maestro/health.yaml`, `catalogue/support.yaml` and `zones.txt`.
    package init(files: [(path: String, text: String)]) {
        self.files = files
        zones = ZoneTable(text: files.first { $0.path == "zones.txt" }?.text ?? "")
    }

    /// The names of the programmes inside, in byte order.
    package var names: [String] {
        let folders = files.compactMap { file in
            file.path.firstIndex(of: "/").map { String(file.path[..<$0]) }
        }
        return Set(folders).subtracting([ProgrammeReader.cataloguePrefix]).sorted { precedes($0, $1) }
    }

    package var catalogue: ProgrammeFolder { folder(ProgrammeReader.cataloguePrefix) }

    /// A programme's files with paths from its own folder on.
    package func folder(_ name: String) -> ProgrammeFolder {
        let prefix = name + "/"
        return ProgrammeFolder(
            files: files.filter { $0.path.hasPrefix(prefix) }.map { (String($0.path.dropFirst(prefix.count)), $0.text) })
    }

    package func read(_ folder: ProgrammeFolder) -> (LoadedProgramme?, [Diagnostic]) {
        ProgrammeReader.read(folder, catalogue: catalogue, zones: zones)
    }

    /// The programme in a form from which parts can be deleted; nil when it has mistakes.
    package func draft(_ folder: ProgrammeFolder) -> ProgrammeDraft? {
        ProgrammeDraft(folder, catalogue: catalogue, zones: zones)
    }

    /// What mistakes look like, with lines of both the folder and the catalogue.
    package func text(_ diagnostics: [Diagnostic], of folder: ProgrammeFolder) -> String {
        DiagnosticText([folder, catalogue.below(ProgrammeReader.cataloguePrefix)]).render(diagnostics)
    }

    package func compile(_ loaded: LoadedProgramme) -> CompiledProgramme {
        CompiledProgramme(loaded.programme, zones: zones)
    }
}
