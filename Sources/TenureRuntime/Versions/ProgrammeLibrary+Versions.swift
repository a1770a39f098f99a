import Crypto
package import TenureAuthoring
package import TenureCore
package import TenureEngine
import TenureProgramme
package import TenureStore

extension LoadedProgramme {
    /// SHA-256 of every file with its path and length, in hexadecimal: equal for equal programmes, wherever they lie.
    package var digest: String { hexadecimal(SHA256.hash(data: Array(canonicalText.utf8))) }

    /// The row that keeps it.
    package func row(_ number: Int, at: Instant, by: String, reason: String) -> ProgrammeRow {
        let pairs = files.map { JSON.array([.string($0.path), .string($0.text)]) }
        return ProgrammeRow(
            number: number, digest: digest, at: at, by: by, reason: reason, files: Array(JSON.array(pairs).text.utf8))
    }
}

/// A kept version that this binary cannot run.
package struct UnreadableVersion: Error, Sendable {
    package let number: Int
    package let mistakes: String
}

extension ProgrammeLibrary {
    /// A kept version, from its own files alone.
    package func load(_ row: ProgrammeRow) throws -> LoadedProgramme {
        let (own, catalogue) = try parts(of: row)
        let (loaded, mistakes) = ProgrammeReader.read(own, catalogue: catalogue, zones: zones)
        guard let loaded else { throw UnreadableVersion(number: row.number, mistakes: text(mistakes, of: own)) }
        return loaded
    }

    /// A kept version that somebody asks for: what cannot be read is the answer to that person.
    func readable(_ row: ProgrammeRow) throws -> LoadedProgramme {
        do {
            return try load(row)
        } catch let unreadable as UnreadableVersion {
            throw PublishRefusal.unreadable(mistakes: unreadable.mistakes)
        }
    }

    private func parts(of row: ProgrammeRow) throws -> (own: ProgrammeFolder, catalogue: ProgrammeFolder) {
        var limits = JSONReader.Limits()
        limits.stringBytes = 1 << 20
        guard case .success(let value) = JSONReader.read(row.files, limits: limits) else {
            throw UnreadableVersion(number: row.number, mistakes: "its files are not kept as they should be")
        }
        let prefix = ProgrammeReader.cataloguePrefix + "/"
        var own: [(path: String, text: String)] = [], shared: [(path: String, text: String)] = []
        for file in value.array ?? [] {
            guard let path = file.array?.first?.string, let text = file.array?.last?.string else { continue }
            if path.hasPrefix(prefix) {
                shared.append((String(path.dropFirst(prefix.count)), text))
            } else {
                own.append((path, text))
            }
        }
        return (ProgrammeFolder(files: own), ProgrammeFolder(files: shared))
    }

    /// A version ready to run, beside older ones whose plays still do.
    package func compile(
        _ loaded: LoadedProgramme, number: Int, pinned: [PinnedProgramme] = []
    ) -> CompiledProgramme {
        CompiledProgramme(loaded.programme, zones: zones, number: number, pinned: pinned)
    }
}
