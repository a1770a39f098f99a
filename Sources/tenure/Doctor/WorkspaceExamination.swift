import Foundation
import TenureCore
import TenureRuntime
import TenureSQLite
import TenureSegments
import TenureStore

/// What a start would find in a workspace: as it looks, but nothing is cut off, rebuilt or migrated.
struct WorkspaceExamination {
    let folder: DataFolder
    let slug: String
    /// No server owns the folder.
    let isStill: Bool

    /// A clock that is behind by more is no matter of seconds between machines.
    private static let clockSlack = 5 * Milliseconds.minute

    var findings: [Finding] {
        if FileManager.default.fileExists(atPath: folder.workspace(slug) + "/unfinished") {
            return [
                .warning(
                    "workspace-unfinished", "\(slug): its year was not finished.", "tenure demo makes it again.")
            ]
        }
        do {
            let log = try ArchivedLog(directory: folder.log(slug), depth: .indexes)
            return try [logged(log)] + clock(log) + stored(log)
        } catch {
            return [.problem(error)]
        }
    }

    private func logged(_ log: ArchivedLog) -> Finding {
        guard log.tornBytes == 0 || !isStill else {
            return .warning(
                "torn-tail", "\(slug): \(log.tornBytes) bytes of an append that did not finish stand at the log's end.",
                "Nothing: nobody was answered for them, and the next start cuts them off.")
        }
        return .ok("log", "\(slug): \(log.end) blocks in \(log.segmentCount) segments")
    }

    /// Time never goes back in a log: a clock behind it makes the facts that come now as late as its last block.
    private func clock(_ log: ArchivedLog) throws -> [Finding] {
        guard log.end > 0 else { return [] }
        var last = Instant(milliseconds: 0)
        try log.read(from: log.end) { block in
            last = block.now
            return true
        }
        guard last - wallClock() > Self.clockSlack else { return [] }
        return [
            .problem(
                "clock-behind", "\(slug): its last block is of \(last.text), and the clock says \(wallClock().text).",
                "Set the machine's clock; until then nothing is due.")
        ]
    }

    private func stored(_ log: ArchivedLog) throws -> [Finding] {
        let store = try SQLiteStore(reading: folder.store(slug), isStill: isStill)
        defer { try? store.close() }
        if let damage = try store.damage(isQuick: true).first {
            throw StorageFailure.corrupt(path: folder.store(slug), detail: damage)
        }
        let position = try store.committedPosition()
        guard position <= log.end || !isStill else {
            throw Failure.storeAheadOfLog(slug, committed: position, end: log.end, folder: folder.workspace(slug))
        }
        let sound = Finding.ok("store", "\(slug): SQLite finds nothing wrong; block \(position) of \(log.end) is processed")
        guard try store.isCurrent() else { return [sound, older] }
        return try [sound, programme(store)] + effects(store)
    }

    private var older: Finding {
        .warning(
            "older-version", "\(slug): its tables are those of an older version.",
            "Take a backup, then start: the start brings them up to date, and older versions cannot read them then.")
    }

    private func programme(_ store: SQLiteStore) throws -> Finding {
        let number = try store.setting("programme.version").flatMap { Int($0) } ?? store.programmes().first?.number
        guard let number, let row = try store.programme(number) else {
            return .ok("programme", "\(slug): the first start keeps its programme")
        }
        do {
            _ = try embeddedProgrammes.load(row)
            return .ok("programme", "\(slug): version \(number) can be read")
        } catch let unreadable as UnreadableVersion {
            return .problem(.unreadable(unreadable, of: slug))
        }
    }

    private func effects(_ store: SQLiteStore) throws -> [Finding] {
        guard let fence = try EffectsFence.standing(in: store) else { return [] }
        return [
            .warning(
                "effects-fenced", "\(slug): nothing is sent, since it was restored at \(fence.restored.text).",
                "tenure resume-effects --data \(folder.path) --workspace \(slug)")
        ]
    }
}
