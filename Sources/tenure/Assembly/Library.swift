import Foundation
import TenureAuthoring
import TenureEngine
import TenurePacks
import TenureRuntime

/// The programmes inside the binary.
let embeddedProgrammes = ProgrammeLibrary(files: EmbeddedFiles.all)

enum FolderReading {
    /// A programme's folder on disk: definitions and message bodies, at most 2,000 files. What is wrong with a
    /// file's size or encoding is a mistake of the programme like others.
    static func read(_ path: String) throws -> ProgrammeFolder {
        let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        guard kind == .typeDirectory else {
            throw Failure(
                code: "no-such-folder", what: "There is no folder \(path).",
                remedy: "Give a folder with programme.yaml in it, or one of: \(embeddedProgrammes.names.joined(separator: ", ")).")
        }
        let names = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
            .filter { ProgrammeFolder.holds($0) && !isHidden($0) }.sorted()
        guard names.count <= 2000 else {
            throw Failure(
                code: "too-many-files", what: "\(path) holds more than 2,000 definition files.",
                remedy: "Is this the folder of one programme?")
        }
        return .decoding(try names.map { ($0, try bytes(path + "/" + $0)) })
    }

    /// Editors keep their locks and copies in files whose name begins with a dot.
    private static func isHidden(_ path: String) -> Bool { path.split(separator: "/").contains { $0.hasPrefix(".") } }

    /// One byte more than allowed is enough to know that there are too many.
    private static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path),
            let data = try? file.read(upToCount: ProgrammeFolder.bytesMax + 1) ?? Data()
        else {
            throw Failure(
                code: "unreadable-file", what: "\(path) cannot be read.", remedy: "Check the file's permissions.")
        }
        try? file.close()
        return [UInt8](data)
    }
}

/// A programme by the name of an embedded one, or by its folder.
func programmeFolder(_ name: String) throws -> ProgrammeFolder {
    embeddedProgrammes.names.contains(name) ? embeddedProgrammes.folder(name) : try FolderReading.read(name)
}

/// A programme by name or folder, ready to run.
func compiledProgramme(_ name: String, from library: ProgrammeLibrary = embeddedProgrammes) throws -> CompiledProgramme {
    library.compile(try loadedProgramme(name, from: library))
}

/// A programme by name or folder, read and checked; under another title where one is given.
func loadedProgramme(
    _ name: String, titled title: String? = nil, from library: ProgrammeLibrary = embeddedProgrammes
) throws -> LoadedProgramme {
    var folder = try programmeFolder(name)
    if let title { folder = folder.titled(title) }
    let (loaded, diagnostics) = library.read(folder)
    guard let loaded else {
        throw Failure(
            code: "programme-has-mistakes", what: library.text(diagnostics, of: folder),
            remedy: "Mend the programme: tenure check \(name)")
    }
    return loaded
}

/// The programme once for each core, without an object in common.
func compiledProgrammes(_ name: String) throws -> [CompiledProgramme] {
    try (0..<max(1, ProcessInfo.processInfo.activeProcessorCount)).map { _ in
        try compiledProgramme(name, from: ProgrammeLibrary(files: EmbeddedFiles.all))
    }
}
