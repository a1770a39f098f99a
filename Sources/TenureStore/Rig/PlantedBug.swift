#if DEBUG
    /// Bugs on purpose, chosen with `TENURE_PLANT`, by which a proof shows that it would find them. No release
    /// build holds them.
    package enum PlantedBug: String, Sendable {
        /// Blocks are flushed with the next append, after their senders were answered.
        case acknowledgeBeforeSync = "acknowledge-before-sync"
        /// Blocks are written and never flushed.
        case noLogSync = "no-log-sync"
        /// New files and directories are flushed, and their names are not.
        case noDirectorySync = "no-directory-sync"
        /// The store's commits are not flushed.
        case storeWithoutSync = "store-without-sync"
        /// Account states are saved in a transaction of their own, before the one with their position.
        case stateWithoutPosition = "state-without-position"
        /// A backup takes the log as it was before the store was copied.
        case logBeforeStore = "log-before-store"
        /// A restored workspace sends without waiting for anybody.
        case noEffectsFence = "no-effects-fence"
        /// How many mails a person got is forgotten with the process.
        case capsInMemory = "caps-in-memory"
        /// A file of the lake is written under its name from the beginning on.
        case lakeUnderItsName = "lake-under-its-name"
        /// What the lake holds is known from its notes alone, which come after its files.
        case lakeByNotes = "lake-by-notes"
        /// Who is erased from the lake is noted when the rows are gone.
        case lakeErasesUnnoted = "lake-erases-unnoted"
        /// The log goes on after a failed flush as if it had succeeded.
        case failedLogSyncIgnored = "failed-log-sync-ignored"
        /// A store's transaction whose flush failed is done again.
        case failedStoreSyncRetried = "failed-store-sync-retried"
        /// What a clock that was ahead has begun lasts until that clock's end.
        case immortalSessions = "immortal-sessions"
        /// Each reading of the clock is believed, also one before the last commit.
        case clockGoesBack = "clock-goes-back"
        /// No workspace waits for its turn at the cores.
        case noFairShare = "no-fair-share"

        private static let chosen = Rig.text("TENURE_PLANT").flatMap(PlantedBug.init)

        package var isChosen: Bool { self == Self.chosen }
    }
#endif
