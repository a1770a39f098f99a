import Foundation
import Logging
import Synchronization
import TenureAuthoring
import TenureConnectors
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime
import TenureSQLite
import TenureSegments
import TenureStore

/// A data directory that this process owns, with everything in it opened.
final class Deployment: Sendable {
    let directory: String
    let house: House
    let logger: Logger
    private let lock: DirectoryLock
    private let ballast: Ballast
    private let secret: [UInt8]
    /// Forms of the chat channels that this process was told of.
    private let chatKinds: [String: ChatKind]
    private let stores: Mutex<[WorkspaceID: SQLiteStore]>
    /// Every workspace from its opening on, also those that are made while the process serves.
    let opened: AsyncStream<Workspace>
    private let opening: AsyncStream<Workspace>.Continuation
    /// Held while a workspace is made: two of one name do not meet.
    let founding = Mutex(())

    /// Takes the directory for this process and opens every workspace in it.
    ///
    /// - Parameter only: the one workspace to open, for a command that needs no other.
    init(
        directory: String, url: String, chatKinds: [String: ChatKind] = [:], only: String? = nil, logger: Logger,
        progress: (String) -> Void = { _ in }
    ) async throws {
        self.directory = directory
        self.chatKinds = chatKinds
        self.logger = logger
        // Whatever this process makes is for its owner alone: customer data, keys, messages.
        umask(0o077)
        lock = try Self.takeLock(directory)
        ballast = Ballast(directory: directory)
        try DataFolder(directory).finishDiscarding()
        secret = try Self.readSecret(directory)
        house = House(url: url, uploads: DataFolder(directory).imports, clock: { wallClock() })
        stores = Mutex([:])
        (opened, opening) = AsyncStream.makeStream()
        for slug in try Self.slugs(directory) where only == nil || only == slug { try await open(slug, progress: progress) }
    }

    private static func takeLock(_ directory: String) throws -> DirectoryLock {
        do {
            return try DirectoryLock(directory: directory, started: wallClock().text)
        } catch StorageFailure.locked(_, let owner) {
            throw Failure.dataInUse(directory, owner: owner)
        }
    }

    /// The root of all derived names: 32 random bytes, made once, readable by the owner alone.
    private static func readSecret(_ directory: String) throws -> [UInt8] {
        let path = DataFolder(directory).secret
        if let data = FileManager.default.contents(atPath: path) { return try DataFolder(directory).checked(Array(data)) }
        if let slugs = try? DataFolder(directory).slugs(), !slugs.isEmpty { throw Failure.secretMissing(path) }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        guard FileManager.default.createFile(
            atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else {
            throw Failure(code: "cannot-write", what: "\(path) cannot be written.", remedy: "Check permissions and space.")
        }
        try syncDirectory(directory)
        return bytes
    }

    private static func slugs(_ directory: String) throws -> [String] {
        let folder = DataFolder(directory)
        try makeDirectory(folder.workspaces)
        // One that was copied here by hand as well.
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.workspaces)
        // Whoever made them may have ended before their names were flushed.
        for place in [directory, folder.workspaces] { try syncDirectory(place) }
        return try folder.slugs()
    }
}

/// Now, by the machine's clock.
func wallClock() -> Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }

// MARK: - Workspaces

extension Deployment {
    /// Opens an existing workspace, or makes one that runs the programme.
    @discardableResult
    func workspace(_ slug: String, programme: String) async throws -> Workspace {
        if let known = house.workspace(WorkspaceID(slug)) { return known }
        guard slug.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,62}/) != nil else {
            throw Failure(
                code: "bad-slug", what: "“\(slug)” cannot name a workspace.",
                remedy: "Use lower-case letters, digits and hyphens, at most 63.")
        }
        let owner = Teammate(id: Teammate.ownerID, name: "Owner", email: "owner@\(slug).example")
        return try found(slug, programme, titled: nil, owner: owner)
    }

    private func open(_ slug: String, progress: (String) -> Void) async throws {
        let store = try SQLiteStore(path: path(slug) + "/store.sqlite")
        let name = try store.setting("programme") ?? "starter"
        try store.close()
        var parts = try parts(slug, programme: name)
        do {
            try parts.writer.recover { position, end in progress("\(slug): replaying \(position) of \(end)") }
        } catch let divergence as Divergence {
            throw Failure.replayDiffers(divergence, in: slug)
        }
        if parts.writer.counts.takenOver > 0 {
            logger.warning(
                "Another build of tenure concluded last: accounts go on from what it recorded",
                metadata: ["workspace": "\(slug)", "accounts": "\(parts.writer.counts.takenOver)"])
        }
        try adopt(parts.writer, parts.store)
    }

    /// A writer over the workspace's files, not yet recovered.
    ///
    /// - Parameter title: of the first version of a programme; nil: its own.
    func parts(
        _ slug: String, programme name: String, titled title: String? = nil
    ) throws -> (writer: Writer, store: SQLiteStore) {
        let folder = path(slug)
        try makeDirectory(folder)
        let store = try SQLiteStore(path: folder + "/store.sqlite")
        let compiled = try version(slug, store, first: name, titled: title)
        let log = try SegmentLog(directory: folder + "/log")
        if let torn = log.tornTail {
            logger.warning("An unfinished append was cut off", metadata: ["bytes": "\(torn.droppedBytes)", "file": "\(torn.path)"])
        }
        try requireOneMoment(slug, committed: try store.committedPosition(), end: log.end)
        let id = WorkspaceID(slug)
        var writer = Writer(
            workspace: id, keys: WorkspaceKeys(secret: secret, workspace: id), log: log, store: store,
            composer: OutgoingComposer(vendor: compiled.programme.title) { [chatKinds] channel in
                chatKinds[channel] ?? Self.keptKind(of: channel, store)
            }, programme: compiled, library: embeddedProgrammes)
        writer.build = BuildIdentity.ofThisProcess
        return (writer, store)
    }

    /// The version of the programme that is in force. A workspace keeps what it runs: another binary with other packs
    /// changes nothing until somebody publishes.
    private func version(
        _ slug: String, _ store: SQLiteStore, first name: String, titled title: String?
    ) throws -> CompiledProgramme {
        let published = try store.setting("programme.version").flatMap { Int($0) }
        let number = try published ?? store.programmes().first?.number
        guard let number, let row = try store.programme(number) else { return try keepFirst(name, titled: title, in: store) }
        do {
            return embeddedProgrammes.compile(try embeddedProgrammes.load(row), number: number)
        } catch let unreadable as UnreadableVersion {
            throw Failure.unreadable(unreadable, of: slug)
        }
    }

    private func keepFirst(_ name: String, titled title: String?, in store: SQLiteStore) throws -> CompiledProgramme {
        let loaded = try loadedProgramme(name, titled: title)
        let number = loaded.programme.version
        var commit = Commit(position: try store.committedPosition(), now: wallClock())
        commit.programmes = [loaded.row(number, at: commit.now, by: "operator", reason: "The first version")]
        try store.commit(commit)
        return embeddedProgrammes.compile(loaded, number: number)
    }

    /// As the last server was told; a command beside it may finish what waits, and knows no channels.
    private static func keptKind(of channel: String, _ store: any StateStore) -> ChatKind {
        ((try? store.setting("chat:" + channel)) ?? nil).flatMap { ChatKind(rawValue: $0) } ?? .slack
    }

    /// A store that has processed more blocks than its log holds was put beside another log.
    private func requireOneMoment(_ slug: String, committed: UInt64, end: UInt64) throws {
        guard committed > end else { return }
        throw Failure.storeAheadOfLog(slug, committed: committed, end: end, folder: path(slug))
    }

    @discardableResult
    func adopt(_ writer: Writer, _ store: SQLiteStore) throws -> Workspace {
        let workspace = Workspace(
            writer: writer, clock: { wallClock() }, hasRoom: { [ballast] in ballast.hasRoom() },
            lane: house.share.makeLane(),
            onFatal: { error in
                // What follows a failed flush cannot be trusted: the next start reads what is really there.
                fatalExit("storage can no longer be trusted: \(error)")
            }, logger: logger)
        try house.add(workspace)
        stores.withLock { $0[workspace.id] = store }
        opening.yield(workspace)
        return workspace
    }

    private func path(_ slug: String) -> String { DataFolder(directory).workspace(slug) }

    /// Links in messages lead to where people reach this process now, not to where the first start was.
    func keep(url: String) async throws {
        for workspace in house.workspaces {
            try await keep("url", url, in: workspace)
        }
    }

    /// Whose form each chat channel speaks.
    func keepChatKinds() async throws {
        for workspace in house.workspaces {
            for (channel, kind) in chatKinds { try await keep("chat:" + channel, kind.rawValue, in: workspace) }
        }
    }

    private func keep(_ name: String, _ value: String, in workspace: Workspace) async throws {
        guard !workspace.isFull, try await workspace.read({ try $0.setting(name) }) != value else { return }
        try await workspace.write { $0.settings.append((name: name, value: value)) }
    }

    /// Closes the store of a workspace that is gone.
    func release(_ workspace: WorkspaceID) throws {
        try stores.withLock { $0.removeValue(forKey: workspace) }?.close()
    }

    /// Finishes what waits, saves every account and closes the files.
    func close() async {
        for workspace in house.workspaces { await workspace.close() }
        let failures = stores.withLock { Array($0.values) }.compactMap { failure(closing: $0) }
        // A stop that could not flush is no tidy one, and its exit code says so.
        if let failure = failures.first(where: \.isOfFlush) { fatalExit("storage can no longer be trusted: \(failure)") }
    }

    private func failure(closing store: SQLiteStore) -> StorageFailure? {
        do {
            try store.close()
            return nil
        } catch {
            logger.error("A store did not close", metadata: ["error": "\(error)"])
            return error as? StorageFailure
        }
    }
}

extension StorageFailure {
    fileprivate var isOfFlush: Bool {
        if case .syncFailed = self { return true }
        return false
    }
}

/// Ends the process at once, leaving recovery to the next start.
func fatalExit(_ reason: String) -> Never {
    FileHandle.standardError.write(Data("tenure: \(reason)\n".utf8))
    exit(70)
}
