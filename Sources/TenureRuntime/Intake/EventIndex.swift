import TenureCore
import TenureStore

/// Ids seen in the last 40 days of recorded time, with a hash of what each said: exact answers to "have we had this?".
///
/// The newest are in memory, 43 to 128 bytes an id; when there are many they leave for the log's folder, and less than two
/// bytes an id stay. A start has them from the restart point, or from the log.
struct EventIndex: Sendable {
    enum Answer: Sendable { case new, duplicate, conflict }

    static let days: Int32 = 40
    /// Ids in memory before they leave: about 8 MB.
    static let recentMaxStandard = 131_072

    private var recent = EventTable()
    /// Oldest first.
    private var runs: [Run] = []
    private var newest = Int32.min
    let recentMax: Int

    private struct Run: Sendable {
        let content: any EventRun
        /// No day on which one of them was recorded is later.
        let newest: Int32
    }

    init(recentMax: Int = recentMaxStandard) { self.recentMax = max(1, recentMax) }

    /// Files of what left memory.
    var runNames: [String] { runs.map(\.content.name) }

    /// - Parameter recorded: of the event that asks: ids older than the window are free again.
    /// - Throws: where an id that left memory cannot be read: nobody guesses.
    func answer(_ key: EventKey, content: UInt64, recorded: Instant) throws -> Answer {
        let first = Self.day(recorded) - Self.days
        guard let known = try record(key), known.day >= first else { return .new }
        return known.content == content ? .duplicate : .conflict
    }

    private func record(_ key: EventKey) throws -> EventRecord? {
        if let record = recent[key] { return record }
        for run in runs.reversed() { if let record = try run.content.record(key) { return record } }
        return nil
    }

    mutating func remember(_ key: EventKey, content: UInt64, recorded: Instant) {
        let day = Self.day(recorded)
        newest = max(newest, day)
        recent.set(EventRecord(key: key, content: content, day: day), keeping: newest - Self.days)
    }

    /// For what was remembered since `settle` was called last.
    mutating func forget(_ key: EventKey) { recent.forget(key) }

    /// Between two batches: many recent ids leave memory, and runs that nobody asks for any more are let go. Where there is
    /// no room they stay, until the next batch.
    mutating func settle(in log: any IntakeLog) throws {
        runs.removeAll { newest - $0.newest > Self.days }
        guard recent.count >= recentMax, let files = log.restartFiles,
            let content = try files.ifWritten({ try $0.keep(recent.records) })
        else { return }
        runs.append(Run(content: content, newest: newest))
        recent = EventTable()
    }

    private static func day(_ instant: Instant) -> Int32 { ZoneRules.utc.day(at: instant).number }
}

// MARK: - Starting again

extension EventIndex {
    /// What a start needs to know the same ids.
    struct Kept: Hashable, Sendable {
        struct Run: Hashable, Sendable {
            var name: String
            var newest: Int32
        }

        var newest: Int32
        /// Oldest first.
        var runs: [Run]
        var recent: [EventRecord]
    }

    var kept: Kept {
        let first = newest.subtractingReportingOverflow(Self.days).partialValue
        return Kept(
            newest: newest, runs: runs.map { .init(name: $0.content.name, newest: $0.newest) },
            recent: recent.records.filter { $0.day >= first })
    }

    /// nil: a run of it is missing or damaged.
    init?(_ kept: Kept, _ files: any RestartFiles, recentMax: Int) {
        self.init(recentMax: recentMax)
        newest = kept.newest
        for run in kept.runs {
            guard let content = files.run(named: run.name) else { return nil }
            runs.append(Run(content: content, newest: run.newest))
        }
        // All of them: they come in no order, and those that are too old were left out when they were kept.
        for record in kept.recent { recent.set(record, keeping: .min) }
    }
}
