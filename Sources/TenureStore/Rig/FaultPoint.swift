#if DEBUG
    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif
    import Synchronization
#endif

/// Places where a crash test may kill the process; a release build passes them by.
///
/// With `TENURE_FAULT=log.written:3` in its environment, a debug build kills itself when the third write is
/// reached.
package enum FaultPoint: String, Sendable {
    case logBeforeWrite = "log.before-write"
    case logWritten = "log.written"
    case logSynced = "log.synced"
    /// The index of the full segment is written under its unfinished name.
    case sealInside = "seal.inside"
    /// The full segment has its index, and the next one does not exist.
    case sealIndexed = "seal.indexed"
    /// The next segment's file exists, and its header is not flushed.
    case sealBegun = "seal.begun"
    /// One account's checkpoint is written, inside the commit.
    case checkpointSaved = "checkpoint.saved"
    case commitInside = "commit.inside"
    case commitDone = "commit.done"
    /// The write-ahead file is copied into the database, and not cut yet.
    case walInside = "wal.inside"
    /// The peer has answered for a message, and nothing of it is recorded.
    case deliveryAnswered = "delivery.answered"
    case deliveryRecorded = "delivery.recorded"
    /// A backup holds a workspace's store, and nothing of its log.
    case backupStoreCopied = "backup.store-copied"
    /// A backup holds all of a workspace, and has no manifest.
    case backupWorkspaceCopied = "backup.workspace-copied"
    /// A backup is whole, and still has its unfinished name.
    case backupNamed = "backup.named"
    /// A restored folder is whole, and still has its unfinished name.
    case restoreNamed = "restore.named"
    /// A piece of a file of the lake is written, and the file is not whole.
    case lakeInside = "lake.inside"
    /// A file of the lake is whole and flushed, and still has its unfinished name.
    case lakeFlushed = "lake.flushed"
    /// A file of the lake has its name, and nothing else is noted of it.
    case lakeNamed = "lake.named"
    /// It is noted who is erased, and their rows are still there.
    case lakeErasing = "lake.erasing"
    /// It is noted which days go, and some of them are still there.
    case lakeRemoving = "lake.removing"

    /// Says that execution has come to this place.
    @inline(__always)
    package func reached() {
        #if DEBUG
            ArmedFault.ofProcess?.reached(self)
        #endif
    }
}

#if DEBUG
    /// The one fault that this process was started with.
    private final class ArmedFault: Sendable {
        static let ofProcess = ArmedFault(Rig.text("TENURE_FAULT"))

        private let place: FaultPoint
        private let left: Atomic<Int>

        init?(_ text: String?) {
            guard let text, let colon = text.lastIndex(of: ":"),
                let place = FaultPoint(rawValue: String(text[..<colon])),
                let count = Int(text[text.index(after: colon)...]), count > 0
            else { return nil }
            self.place = place
            left = Atomic(count)
        }

        /// SIGKILL, so that nothing is flushed or closed on the way out. The line tells a test where it fell.
        func reached(_ here: FaultPoint) {
            guard here == place, left.subtract(1, ordering: .relaxed).newValue == 0 else { return }
            let line = Array("killed at \(place.rawValue)\n".utf8)
            _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
            kill(getpid(), SIGKILL)
            // The signal ends the process at once or a moment later; nothing may happen in that moment.
            while true { pause() }
        }
    }
#endif
