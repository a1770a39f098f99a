import TenureAuthoring
import TenureCore
import TenureFixtures
import TenureProgramme

/// Bytes as one file of a small programme; the first says which. The whole folder is read, checked and
/// its mistakes are rendered in both forms.
struct DefinitionsInput {
    private let own: ProgrammeFolder
    private let catalogue: ProgrammeFolder?

    init?(_ bytes: [UInt8]) {
        guard let kind = bytes.first else { return nil }
        let content = Array(bytes.dropFirst())
        switch kind {
        // In place of one file; the eleventh is behind the colon, which follows the digits.
        case UInt8(ascii: "0")...UInt8(ascii: ":"):
            var files = SmallProgramme.files
            files[Int(kind - UInt8(ascii: "0"))].bytes = content
            (own, catalogue) = (.decoding(files), Self.catalogue)
        // In place of the catalogue.
        case UInt8(ascii: "c"):
            (own, catalogue) = (.decoding(SmallProgramme.files), .decoding([("base.yaml", content)]))
        // Beside all files.
        case UInt8(ascii: "+"):
            (own, catalogue) = (.decoding(SmallProgramme.files + [("z.yaml", content)]), Self.catalogue)
        // All by itself, or behind a header, which are quickest.
        case UInt8(ascii: "."): (own, catalogue) = (.decoding([("z.yaml", content)]), nil)
        case _: (own, catalogue) = (.decoding([("a.yaml", Self.header), ("z.yaml", content)]), nil)
        }
    }

    private static let catalogue = ProgrammeFolder(files: [("base.yaml", SmallProgramme.catalogue)])
    private static let header = Array("programme: {id: small, title: Small, version: 1, time_zone: Europe/Rome}\n".utf8)

    func run(_ promises: inout Promises) {
        let (loaded, mistakes) = ProgrammeReader.read(own, catalogue: catalogue, zones: zones)
        promises.expect((loaded == nil) == mistakes.contains { $0.severity == .error }, "read in spite of errors, or not without")
        let shared = catalogue.map { [$0.below(ProgrammeReader.cataloguePrefix)] } ?? []
        RenderedMistakes(mistakes, [own] + shared).check(&promises)
        if let loaded { checkKept(loaded, &promises) }
    }

    /// What a workspace keeps of a programme is enough to read the same programme again.
    private func checkKept(_ loaded: LoadedProgramme, _ promises: inout Promises) {
        let prefix = ProgrammeReader.cataloguePrefix + "/"
        let shared = loaded.files.filter { $0.path.hasPrefix(prefix) }.map { (String($0.path.dropFirst(prefix.count)), $0.text) }
        let mine = loaded.files.filter { !$0.path.hasPrefix(prefix) }
        let (again, _) = ProgrammeReader.read(
            ProgrammeFolder(files: mine), catalogue: ProgrammeFolder(files: shared), zones: zones)
        promises.expect(again?.canonicalText == loaded.canonicalText, "what is kept is read as something else")
        promises.expect(again?.programme.signals.map(\.id) == loaded.programme.signals.map(\.id), "signals of what is kept differ")
    }
}
