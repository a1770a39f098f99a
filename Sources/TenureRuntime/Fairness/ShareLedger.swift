#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// How much of the cores each lane has had lately, and so who has to take turns. A plain value without a clock: instants are
/// nanoseconds that only go up.
struct ShareLedger: Sendable {
    private struct Entry: Sendable {
        /// Cores that the lane kept busy, on the average of about a second.
        var cores = 0.0
        /// Nanoseconds of a core since the last reckoning.
        var spent: UInt64 = 0
        /// When a piece of its work last began.
        var seen: UInt64 = 0
        var isHeavy = false

        var isActive: Bool { cores > ShareLedger.least }

        func isLightAtWork(_ now: UInt64) -> Bool { !isHeavy && isActive && now - min(seen, now) < ShareLedger.memory }

        mutating func age(kept: Double, elapsed: Double) {
            cores = cores * kept + Double(spent) / elapsed * (1 - kept)
            spent = 0
        }
    }

    /// Between two reckonings.
    static let period: UInt64 = 20_000_000
    /// What was longer ago counts little, and who was seen longer ago is not waited for.
    static let memory: UInt64 = 1_000_000_000
    /// Who keeps less of a core busy is not at work.
    private static let least = 0.0005
    /// Who keeps no more of a core busy never waits, however many others there are: a few requests at once are no load.
    static let free = 0.1

    let cores: Int
    private var entries: [Int: Entry] = [:]
    private var reckoned: UInt64 = 0
    /// Whether somebody light is at work, for whom a core is kept free.
    private(set) var isContended = false

    init(cores: Int) { self.cores = max(1, cores) }

    /// Pieces of heavy lanes that may be under way at once; at least one. Nobody waits for a core that nobody else wants:
    /// one piece more than there are cores, since a writer waits for its disk.
    var heavyMax: Int { isContended ? max(1, cores - 1) : cores + 1 }

    func isHeavy(_ lane: Int) -> Bool { entries[lane]?.isHeavy ?? false }

    /// On the average of about a second.
    func use(of lane: Int) -> Double { entries[lane]?.cores ?? 0 }

    /// A piece of the lane's work begins.
    mutating func note(_ lane: Int, at now: UInt64) {
        entries[lane, default: Entry()].seen = now
        if !isHeavy(lane), entries.contains(where: { $0.value.isHeavy }) { isContended = true }
    }

    /// A piece has kept a core busy for so long.
    mutating func spend(_ nanoseconds: UInt64, _ lane: Int) {
        let spent = entries[lane]?.spent ?? 0
        entries[lane]?.spent = spent.addingReportingOverflow(nanoseconds).overflow ? .max : spent + nanoseconds
    }

    mutating func forget(_ lane: Int) { entries[lane] = nil }

    /// Says anew who is heavy: more than half of what would be everybody's share, and more than is free.
    mutating func reckon(at now: UInt64) {
        guard now >= reckoned, now - reckoned >= Self.period else { return }
        let elapsed = Double(now - reckoned)
        let kept = exp(-elapsed / Double(Self.memory))
        reckoned = now
        for lane in entries.keys { entries[lane]?.age(kept: kept, elapsed: elapsed) }
        let active = entries.values.count(where: \.isActive)
        let limit = max(Self.free, Double(cores) / Double(2 * max(1, active)))
        for (lane, entry) in entries { entries[lane]?.isHeavy = entry.cores > limit }
        isContended = entries.values.contains(where: \.isHeavy) && entries.values.contains { $0.isLightAtWork(now) }
    }
}
