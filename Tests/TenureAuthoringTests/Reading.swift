import TenureCore

@testable import TenureAuthoring

/// Few zones, enough for tests.
let testZones = ZoneTable(text: "version test\nEurope/Rome 3600\nAmerica/New_York -18000\n")

/// The smallest header that a programme needs.
let header = """
    programme: {id: small, title: Small, version: 1, time_zone: Europe/Rome}

    """

func folder(_ files: (path: String, text: String)...) -> ProgrammeFolder { ProgrammeFolder(files: files) }

func read(
    _ folder: ProgrammeFolder, catalogue: ProgrammeFolder? = nil
) -> (loaded: LoadedProgramme?, mistakes: [Diagnostic]) {
    let (loaded, mistakes) = ProgrammeReader.read(folder, catalogue: catalogue, zones: testZones)
    return (loaded, mistakes)
}

/// What `tenure check` prints for a programme of these files.
func mistakeText(_ folder: ProgrammeFolder, catalogue: ProgrammeFolder? = nil) -> String {
    mistakeText(read(folder, catalogue: catalogue).mistakes, folder, catalogue: catalogue)
}

func mistakeText(
    _ mistakes: [Diagnostic], _ folder: ProgrammeFolder, catalogue: ProgrammeFolder? = nil
) -> String {
    let folders = [folder] + (catalogue.map { [$0.below(ProgrammeReader.cataloguePrefix)] } ?? [])
    return DiagnosticText(folders).render(mistakes)
}

/// The same for one file behind the header, which is in a file of its own.
func mistakeText(in text: String) -> String {
    mistakeText(folder(("a-header.yaml", header), ("b.yaml", text)))
}

/// The codes of what is wrong with one file behind the header.
func codes(in text: String) -> [String] {
    read(folder(("a-header.yaml", header), ("b.yaml", text))).mistakes.map(\.code.rawValue)
}
