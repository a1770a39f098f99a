import Parquet
package import TenureCore
import TenureSegments
import TenureStore

/// A workspace's part of a lake, for the process that holds the lake's lock.
package struct WorkspaceLake {
    package let slug: String
    let folder: LakeFolder
    let log: ArchivedLog
    package private(set) var notes: LakeNotes
    var names: AccountNames
    /// The key of a login.
    package let key: (_ login: String) -> PersonKey
    private let progress: (Progress) throws -> Void

    /// How far the log is read for something.
    package struct Progress: Sendable {
        package var day: Day
        package var position: UInt64
        package var end: UInt64
    }

    /// Finishes what an earlier process began: what it noted, and what it had named and not noted.
    ///
    /// - Parameters:
    ///   - log: the workspace's directory of segments; a server may append to it meanwhile.
    ///   - key: the keyed hash by which facts name a login.
    ///   - progress: told before each block; what it throws ends the run, and the next one goes on from there.
    /// - Throws: `LakeRefusal`, `StorageFailure`.
    package init(
        _ slug: String, in folder: LakeFolder, log directory: String, key: @escaping (_ login: String) -> PersonKey,
        progress: @escaping (Progress) throws -> Void = { _ in }
    ) throws {
        self.slug = slug
        self.key = key
        self.folder = folder
        self.progress = progress
        log = try ArchivedLog(directory: directory, depth: .indexes)
        try makeDirectory(folder.workspace(slug))
        notes = try LakeNotes(folder, slug)
        names = AccountNames(folder, slug)
        // No account has come since its file was written.
        if names.count == notes.accounts { names.skip(to: notes.position) }
        try adoptNamed()
        try requireSameLog()
        try finishErasing()
        try finishRemoving()
    }

    /// Files that were named by a process that did not come to note them.
    private mutating func adoptNamed() throws {
        #if DEBUG
            if PlantedBug.lakeByNotes.isChosen { return }
        #endif
        guard let newest = folder.parts(slug).max(by: { $0.last < $1.last }), newest.last > notes.position
        else { return }
        let path = folder.path(slug, newest)
        guard let digest = try Self.summary(path)?.metadata[PartWriter.digestName] else {
            throw LakeRefusal.damaged(path: path)
        }
        try note(newest.last, digest)
    }

    private func requireSameLog() throws {
        guard notes.position > 0 else { return }
        var digest: String?
        try log.read(from: notes.position) {
            digest = $0.digest
            return false
        }
        guard digest == notes.digest else { throw LakeRefusal.otherLog(slug: slug, block: notes.position) }
    }

    /// What the end of a file says; nil where it is not whole.
    static func summary(_ path: String) throws -> ParquetSummary? {
        let file = try OpenFile(path, .read, calls: .system)
        let size = try file.size()
        let tail = try file.read(at: max(0, size - ParquetSummary.tailBytes), count: ParquetSummary.tailBytes)
        guard let footer = ParquetSummary.footerBytes(tail: tail), footer + ParquetSummary.tailBytes <= size
        else { return nil }
        return ParquetSummary(
            footer: try file.read(at: size - footer - ParquetSummary.tailBytes, count: footer))
    }

    /// Reads blocks in their order, and learns accounts from each before it is handed over.
    mutating func read(from position: UInt64, _ body: (LogBlock, AccountNames) throws -> Bool) throws {
        var names = names
        let end = log.end
        try log.read(from: min(position, names.position + 1)) { block in
            names.learn(block)
            guard block.position >= position else { return true }
            try progress(Progress(day: block.now.dayInUTC, position: block.position, end: end))
            return try body(block, names)
        }
        self.names = names
    }

    mutating func note(_ position: UInt64, _ digest: String) throws {
        try names.save(folder, slug)
        let accounts = names.count
        try change {
            $0.position = position
            $0.digest = digest
            $0.accounts = accounts
        }
    }

    mutating func change(_ body: (inout LakeNotes) -> Void) throws {
        var changed = notes
        body(&changed)
        guard changed != notes else { return }
        try changed.save(folder, slug)
        notes = changed
    }
}

/// Why a lake is left as it is.
package enum LakeRefusal: Error, Hashable, Sendable {
    /// Its files were made of another log, or of this one before it was put back to an earlier state.
    case otherLog(slug: String, block: UInt64)
    /// A file is not as we leave it behind.
    case damaged(path: String)
}
