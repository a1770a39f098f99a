import Foundation
import Synchronization
package import TenureCore
import TenureEngine

/// Files that people bring to the workspaces of a house. What was uploaded lies in one folder until it is taken in or thrown
/// away; nothing of it outlives the process but what was taken, and what each import came to.
package final class ImportDesk: Sendable {
    package let folder: String
    private let clock: @Sendable () -> Instant
    private let state = Mutex<[String: Import]>([:])

    /// Of a workspace: older ones are forgotten.
    private static let importsMax = 20

    /// - Parameter folder: its contents are of an earlier process, and go.
    init(folder: String, clock: @escaping @Sendable () -> Instant) {
        self.folder = folder
        self.clock = clock
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Where a new import's files go, by its id. Blocks.
    package func makeFolder(_ id: String) throws {
        try FileManager.default.createDirectory(atPath: folder(of: id), withIntermediateDirectories: true)
    }

    package static func makeID() -> String { String(AccessKey.makeSecret(.api).suffix(24)) }

    private func folder(of id: String) -> String { folder + "/" + id }

    package func path(_ kind: ImportKind, of id: String) -> String {
        "\(folder(of: id))/\(kind.rawValue).csv"
    }

    /// Of a workspace, newest first.
    package func all(of workspace: WorkspaceID) -> [Import] {
        state.withLock { $0.values.filter { $0.workspace == workspace } }.sorted {
            ($1.begun, $1.id) < ($0.begun, $0.id)
        }
    }

    /// nil: there is none in this workspace.
    package func find(_ id: String, in workspace: WorkspaceID) -> Import? {
        state.withLock { $0[id].flatMap { $0.workspace == workspace ? $0 : nil } }
    }

    /// Files that lie in the import's folder; their columns are guessed. Blocks.
    package func begin(
        _ id: String, _ names: [ImportKind: String], by teammate: String, in workspace: Workspace
    ) throws {
        let files = try ImportKind.allCases.compactMap { kind in
            try names[kind].map { try file(kind, named: $0, of: id, workspace) }
        }
        let one = Import(id: id, workspace: workspace.id, by: teammate, begun: clock(), files: files)
        state.withLock { $0[id] = one }
        for old in all(of: workspace.id).filter({ !$0.isRunning }).dropFirst(Self.importsMax) {
            discard(old.id, in: workspace.id)
        }
    }

    private func file(
        _ kind: ImportKind, named name: String, of id: String, _ workspace: Workspace
    ) throws -> ImportFile {
        let path = path(kind, of: id)
        let head = try TableHead(path: path)
        let programme = workspace.programme
        let columns = ColumnGuess.columns(head, ImportField.all(kind, programme), programme.defaultZoneRules)
        return ImportFile(
            kind: kind, name: name, bytes: FilePiece(path: path).size, head: head,
            plan: ColumnPlan(columns, titles: head.header))
    }

    /// What an upload that broke off has left. Blocks.
    package func removeFolder(_ id: String) { try? FileManager.default.removeItem(atPath: folder(of: id)) }

    /// The files go, and what is known of them in memory; what was taken stays taken. Blocks.
    package func discard(_ id: String, in workspace: WorkspaceID) {
        let isGone = state.withLock { all in
            guard let one = all[id], one.workspace == workspace, !one.isRunning else { return false }
            all[id] = nil
            return true
        }
        if isGone { removeFolder(id) }
    }
}

// MARK: - What runs

extension ImportDesk {
    /// Changes an import that does not run; false when there is none, or it runs.
    private func change(_ id: String, in workspace: WorkspaceID, _ body: (inout Import) -> Void) -> Bool {
        state.withLock { all in
            guard var one = all[id], one.workspace == workspace, !one.isRunning else { return false }
            body(&one)
            all[id] = one
            return true
        }
    }

    func update(_ id: String, _ body: (inout Import) -> Void) {
        state.withLock { if var one = $0[id] { body(&one); $0[id] = one } }
    }

    /// To the columns again; false: it is not there, it runs, or its files are gone.
    package func goBack(_ id: String, in workspace: Workspace) -> Bool {
        guard let one = find(id, in: workspace.id), one.phase != .done else { return false }
        return change(id, in: workspace.id) { $0.phase = .columns }
    }

    /// Reads all rows with these plans, and takes none. Comes back at once.
    package func check(_ id: String, _ plans: [ImportKind: ColumnPlan], in workspace: Workspace) -> Bool {
        guard find(id, in: workspace.id)?.phase == .columns else { return false }
        let isMine = change(id, in: workspace.id) { one in
            for index in one.files.indices {
                one.files[index].plan = plans[one.files[index].kind] ?? one.files[index].plan
            }
            (one.phase, one.progress) = (.checking, 0)
        }
        if isMine { Task { await runCheck(id, workspace) } }
        return isMine
    }

    private func runCheck(_ id: String, _ workspace: Workspace) async {
        guard let one = find(id, in: workspace.id) else { return }
        do {
            for index in one.files.indices { try await review(one, index, workspace) }
            try await nameUnknown(id, workspace)
            update(id) { $0.phase = .checked }
        } catch {
            update(id) { $0.phase = .stopped(Self.words(error)) }
        }
    }

    private func review(_ one: Import, _ index: Int, _ workspace: Workspace) async throws {
        let file = one.files[index]
        let rows = RowReading(
            kind: file.kind, plan: file.plan, programme: workspace.programme, source: Self.source,
            isHistory: true)
        let (check, path, now) = (workspace.eventCheck, path(file.kind, of: one.id), workspace.now)
        let review = try await offPool { [self] in
            FileReview(rows, file.plan, path: path, check: check, now: now) { note(one, index, $0) }
        }
        update(one.id) { $0.files[index].review = review }
    }

    /// As the source of everything that came in files, by page or by the command line: the same row counts once.
    package static let source = "import"

    private func note(_ one: Import, _ index: Int, _ part: Double) {
        let whole = max(1, one.files.reduce(0) { $0 + $1.bytes })
        let behind = one.files[..<index].reduce(0) { $0 + $1.bytes }
        update(one.id) {
            $0.progress = (Double(behind) + part * Double(one.files[index].bytes)) / Double(whole)
        }
    }

    /// Takes the rows in. Comes back at once; false: it is not there, or it runs.
    package func take(_ id: String, _ choices: ImportChoices, in workspace: Workspace) -> Bool {
        guard find(id, in: workspace.id)?.phase == .checked else { return false }
        let isMine = change(id, in: workspace.id) { one in
            for index in one.files.indices where one.files[index].kind == .events {
                one.files[index].plan.words.merge(choices.words) { $1 }
            }
            (one.phase, one.progress) = (.taking, 0)
        }
        if isMine { Task { await runTaking(id, choices, workspace) } }
        return isMine
    }

    private func runTaking(_ id: String, _ choices: ImportChoices, _ workspace: Workspace) async {
        guard let one = find(id, in: workspace.id) else { return }
        do {
            for index in one.files.indices { try await take(one, index, choices, workspace) }
            update(id) { $0.phase = .done }
            if let done = find(id, in: workspace.id) { try await ImportSummary(done).keep(in: workspace) }
            try await offPool { [self] in
                for file in one.files { try? FileManager.default.removeItem(atPath: path(file.kind, of: id)) }
            }
        } catch {
            update(id) { $0.phase = .stopped(Self.words(error)) }
        }
    }

    private func take(
        _ one: Import, _ index: Int, _ choices: ImportChoices, _ workspace: Workspace
    ) async throws {
        let file = one.files[index]
        // Accounts of this import have to be there before a name can be theirs.
        if file.kind != .accounts, index == one.files.firstIndex(where: { $0.kind != .accounts }) {
            for (name, account) in choices.accounts.sorted(by: { precedes($0.key, $1.key) }) {
                try await workspace.adopt(name, by: account)
            }
        }
        let rows = RowReading(
            kind: file.kind, plan: file.plan, programme: workspace.programme, source: Self.source,
            isHistory: true)
        let path = path(file.kind, of: one.id)
        let feed = try await offPool { try RowFeed(rows, path: path) }
        let tally = try await workspace.take(feed, pace: .beside) { [self] in note(one, index, $0) }
        update(one.id) { $0.files[index].tally = tally }
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case WriterRefusal.storageFull: "there is no room left on the server"
        case WriterRefusal.shuttingDown: "the server is stopping"
        case let mistake as CSVReader.Mistake: "line \(mistake.line): \(mistake.what)"
        default: "the workspace cannot take anything at the moment"
        }
    }
}
