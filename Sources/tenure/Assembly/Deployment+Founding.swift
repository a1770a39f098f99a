import Foundation
import Synchronization
import TenureAuthoring
import TenureCore
import TenureProgramme
import TenureRuntime
import TenureSQLite
import TenureStore

/// Workspaces that people make by page, or with `tenure init`.
extension Deployment: WorkspaceMaker {
    /// The six of this binary, `starter` first, and those in the data folder's `programmes`.
    func offers() async throws -> [OfferedProgramme] {
        try await offPool { [directory] in Self.embeddedOffers + Self.ownOffers(DataFolder(directory)) }
    }

    /// Made beside the others, with keys of its own, and running when this returns.
    func make(_ plan: WorkspacePlan) async throws -> Workspace {
        let workspace = try await offPool {
            try self.founding.withLock { _ in
                try self.found(plan, programme: self.programmeName(plan.programme))
            }
        }
        try await Announcement.addKeys(of: workspace, self)
        return workspace
    }

    /// One after the other; what is removed stays so when another one fails.
    func remove(_ workspaces: [Workspace]) async throws {
        for workspace in workspaces where house.remove(workspace) {
            await workspace.retire()
            try release(workspace.id)
            try await offPool { [directory] in try DataFolder(directory).discard(workspace.id.text) }
            try Announcement.dropKeys(of: [workspace.id.text], in: directory)
        }
    }

    /// - Parameter programme: an embedded one's name, or a folder.
    func found(_ plan: WorkspacePlan, programme: String) throws -> Workspace {
        let folder = DataFolder(directory)
        let slug = WorkspacePlan.slug(plan.title) {
            FileManager.default.fileExists(atPath: folder.workspace($0))
        }
        return try found(slug, programme, titled: plan.title, owner: plan.owner)
    }

    /// A workspace whole, or nothing of it: half of one would be opened by the next start.
    ///
    /// - Parameter title: nil: the programme's own.
    func found(_ slug: String, _ programme: String, titled title: String?, owner: Teammate) throws -> Workspace {
        let folder = DataFolder(directory).workspace(slug)
        let isNew = !FileManager.default.fileExists(atPath: folder)
        do {
            let parts = try parts(slug, programme: programme, titled: title)
            var commit = Commit(position: 0, now: wallClock())
            commit.settings = [
                (name: "programme", value: programme), (name: "url", value: house.url),
                (name: owner.setting, value: owner.text),
            ]
            try parts.store.commit(commit)
            try parts.writer.keepBuild()
            return try adopt(parts.writer, parts.store)
        } catch {
            // What was there before is nobody's to take away.
            if isNew { try? FileManager.default.removeItem(atPath: folder) }
            throw error
        }
    }

    private func programmeName(_ id: String) -> String {
        embeddedProgrammes.names.contains(id) ? id : DataFolder(directory).programmes + "/" + id
    }

    private static let embeddedOffers: [OfferedProgramme] = {
        let names = ["starter"] + embeddedProgrammes.names.filter { $0 != "starter" }
        return names.map { offer($0, embeddedProgrammes.folder($0)) }
    }()

    private static let ownOffersMax = 50

    /// Folders whose programme has no mistakes, under names that no shipped one has.
    private static func ownOffers(_ folder: DataFolder) -> [OfferedProgramme] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.programmes)) ?? []).sorted()
        return names.filter { !embeddedProgrammes.names.contains($0) && !$0.hasPrefix(".") }.prefix(
            ownOffersMax
        ).compactMap { name in
            guard let files = try? FolderReading.read(folder.programmes + "/" + name),
                embeddedProgrammes.read(files).0 != nil
            else { return nil }
            return offer(name, files)
        }
    }

    private static func offer(_ name: String, _ folder: ProgrammeFolder) -> OfferedProgramme {
        let title = embeddedProgrammes.read(folder).0?.programme.title ?? name
        return OfferedProgramme(id: name, title: title, sentence: ProgrammeLibrary.sentence(of: folder))
    }
}
