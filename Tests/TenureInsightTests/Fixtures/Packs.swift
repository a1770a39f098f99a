import TenureAuthoring
import TenureEngine
import TenureFixtures
import TenurePacks
import TenureProgramme
import TenureRuntime
import Testing

/// What histories are lived under: the workshop and every embedded programme, without signals and plays, which no
/// reading of health asks for.
enum Packs {
    static let names = ["workshop"] + library.names

    static func compiled(_ name: String) throws -> CompiledProgramme {
        var programme = name == "workshop" ? try workshop() : try embedded(name)
        programme.signals = []
        programme.plays = []
        return CompiledProgramme(programme, zones: name == "workshop" ? zones : library.zones)
    }

    private static let library = ProgrammeLibrary(files: EmbeddedFiles.all)

    private static func embedded(_ name: String) throws -> Programme {
        let (loaded, mistakes) = library.read(library.folder(name))
        return try #require(loaded, "\(mistakes.map(\.title))").programme
    }
}
