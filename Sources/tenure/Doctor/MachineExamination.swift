import Foundation
import TenureCore
import TenureSQLite

/// What a start needs of the machine, whatever the folder.
struct MachineExamination {
    /// Below it, connections and files of a busy server run out.
    private static let filesMin: UInt = 1024
    /// No clock of a machine in use stands before it.
    private static let earliest = Instant(milliseconds: 1_767_225_600_000)

    var findings: [Finding] { [sqlite, clock, openFiles] }

    private var sqlite: Finding {
        guard SQLiteLibrary.isNewEnough, SQLiteLibrary.isThreadSafe else {
            return .problem(
                "sqlite-too-old", "SQLite \(SQLiteLibrary.version) is older than \(SQLiteLibrary.versionMin), or made without threads.",
                "Install libsqlite3-0 of Debian 12 or later.")
        }
        return .ok("sqlite", "SQLite \(SQLiteLibrary.version)")
    }

    private var clock: Finding {
        let now = wallClock()
        guard now >= Self.earliest else {
            return .problem(
                "clock-wrong", "The machine's clock says \(now.text).", "Set it, as with: timedatectl set-ntp true")
        }
        return .ok("clock", "The clock says \(now.text)")
    }

    private var openFiles: Finding {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .ok("open-files", "The limit of open files cannot be told")
        }
        guard limit.rlim_cur >= Self.filesMin else {
            return .warning(
                "open-files", "A process may have \(limit.rlim_cur) files open; a busy server needs more.",
                "Raise it: ulimit -n 65536, or LimitNOFILE=65536 in the service's unit.")
        }
        return .ok("open-files", "A process may have \(limit.rlim_cur) files open")
    }
}
