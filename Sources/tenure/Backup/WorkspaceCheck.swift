import TenureCore
import TenureRuntime
import TenureSQLite
import TenureSegments
import TenureStore

/// Whether a workspace's files hold together: in a backup, or in a data folder that no server uses.
struct WorkspaceCheck {
    let folder: DataFolder
    let slug: String
    /// Where the manifest says that it stood; nil for a data folder.
    var place: Manifest.Place?
    /// Whether the whole log is lived through again.
    var replays: Bool

    func run(_ report: inout Report) {
        let before = report.count(.problem)
        do {
            let log = try checkedLog(&report)
            let store = try SQLiteStore(reading: folder.store(slug), isStill: true)
            defer { try? store.close() }
            guard checkStore(store, &report) else { return }
            try checkPlace(store, log, &report)
            if replays, report.count(.problem) == before { try replay(store, log, &report) }
        } catch let failure as Failure {
            report.add(.problem(failure))
        } catch {
            report.add(.problem(error))
        }
    }

    private func checkedLog(_ report: inout Report) throws -> ArchivedLog {
        var bytes = 0
        let log = try ArchivedLog(directory: folder.log(slug), depth: .blocks) { part in
            bytes += part
            bar("\(slug): checking the log, \(readableBytes(bytes))", 0)
        }
        let torn = log.tornBytes == 0 ? "" : ", then \(readableBytes(log.tornBytes)) of an append that did not finish"
        report.add(.ok("log", "\(slug): \(log.end) blocks in \(log.segmentCount) segments, each with its checksum" + torn))
        if place != nil, log.tornBytes > 0 { throw damaged("the log has \(log.tornBytes) bytes too many") }
        return log
    }

    /// False where it cannot be read any further.
    private func checkStore(_ store: SQLiteStore, _ report: inout Report) -> Bool {
        do {
            let damage = try store.damage()
            guard damage.isEmpty else { throw StorageFailure.corrupt(path: folder.store(slug), detail: damage[0]) }
            report.add(.ok("store", "\(slug): SQLite finds nothing wrong"))
            guard try store.isCurrent() else {
                report.add(
                    .warning(
                        "older-version", "\(slug): its tables are those of an older version; decisions were not looked at",
                        "A start brings them up to date; so does tenure restore, which then looks at all of it."))
                return false
            }
            return true
        } catch {
            report.add(.problem(error))
            return false
        }
    }

    private func checkPlace(_ store: SQLiteStore, _ log: ArchivedLog, _ report: inout Report) throws {
        let position = try store.committedPosition()
        guard position <= log.end else {
            throw Failure.storeAheadOfLog(slug, committed: position, end: log.end, folder: folder.workspace(slug))
        }
        let digest = try store.decisionsDigest()
        if let place {
            // Empty where the tables were those of an older version when the copy was taken.
            guard place.position == position, place.logEnd == log.end, ["", digest].contains(place.digest) else {
                throw damaged("it does not stand where its manifest says")
            }
        }
        report.add(.ok("position", "\(slug): block \(position) of \(log.end) is processed; decisions \(digest.prefix(16))"))
    }

    private func damaged(_ detail: String) -> Failure {
        Failure(code: "backup-corrupt", what: "\(slug): \(detail).", remedy: "Take another backup; this one cannot be used.")
    }
}

extension Finding {
    /// What a failure of storage is told as: its code, what it is, and what to do.
    static func problem(_ error: any Error) -> Finding {
        if let failure = error as? Failure { return problem(failure) }
        guard let failure = error as? StorageFailure else { return problem("failed", "\(error)", "") }
        let parts = failure.description.split(separator: ": ", maxSplits: 1).map(String.init)
        let told = (parts.last ?? "").split(separator: "; ").map(String.init)
        return problem(parts.first ?? "failed", told.dropLast().joined(separator: "; "), told.last ?? "")
    }
}
