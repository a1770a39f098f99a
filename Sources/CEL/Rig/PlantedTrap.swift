#if PLANTED_TRAPS
    import Synchronization

    /// Traps on purpose, one in each thing that is fuzzed, by which `bin/fuzz traps` shows that it would find them. Only
    /// its programs hold them.
    package enum PlantedTrap {
        private static let isLaid = Atomic(false)

        package static func lay() { isLaid.store(true, ordering: .relaxed) }

        /// Ends the process when the traps are laid.
        package static func spring() {
            if isLaid.load(ordering: .relaxed) { fatalError("planted trap") }
        }
    }
#endif
