import Synchronization
import TenureCore
import TenureEngine
package import TenureInsight
import TenureProgramme
import TenureStore

extension Workspace {
    /// As of the last commit. The first time takes as long as the journal of decisions is. They are looked at where they
    /// are: who took them away would make the next commit copy all of them.
    package func chronicles<Value: Sendable>(_ body: @escaping @Sendable (Chronicles) -> Value) async throws -> Value {
        try await pastMonths { body($0.chronicles) }
    }

    /// What is said of the episodes of all signals, as of the last commit. They are looked at where they are: there may be
    /// very many.
    package func episodes<Value: Sendable>(
        _ body: @escaping @Sendable (SignalEpisodes) throws -> Value
    ) async throws -> Value {
        try await pastMonths { try body($0.episodes) }
    }

    private func pastMonths<Value: Sendable>(
        _ body: @escaping @Sendable (inout PastMonths) throws -> Value
    ) async throws -> Value {
        let now = now
        return try await read { [self] store in
            try pastMonths.withLock { past in
                try past.catchUp(store, now: now)
                return try body(&past)
            }
        }
    }

    /// Where the portfolio stands and who needs someone.
    ///
    /// - Parameter owner: nil: of everybody.
    package func overview(of owner: String? = nil) async throws -> Overview {
        let (programme, now) = (programme, now)
        let then = Overview.monday(programme, now: now).start
        let (table, past) = try await pastMonths { [self] months -> (AccountTable, PastColumn) in
            let rows = self.table()
            return (rows, months.past(rows, then: then))
        }
        return Overview(table, past, programme, of: owner, now: now)
    }

    /// What the running programme's warnings were worth in the last twelve months: made once a day.
    package func warningRecord() async throws -> Verdict {
        let (programme, now) = (programme, now)
        let day = programme.defaultZoneRules.day(at: now)
        if let made = records.withLock({ $0 }), made.day == day { return made.verdict }
        let (rows, chronicles) = (rows(), try await chronicles { $0.accounts })
        let verdict = try await read { store in
            let watch = WarningRecord.watch(rows, until: day, programme.defaultZoneRules)
            let courses = try Self.courses(of: rows, store, programme, watch)
            return WarningRecord.verdict(rows, chronicles, courses: courses, programme, now: now)
        }
        records.withLock { $0 = (day, verdict) }
        return verdict
    }

    /// The scores before a notice: one look-up for each account that gave one.
    private static func courses(
        of rows: [AccountRow], _ store: any StateStore, _ programme: CompiledProgramme, _ watch: ClosedRange<Day>
    ) throws -> [AccountID: ScoreCourse] {
        var courses: [AccountID: ScoreCourse] = [:]
        for row in rows {
            guard let days = WarningRecord.daysBefore(row, programme.defaultZoneRules, watch) else { continue }
            courses[row.report.id] = try ScoreCourse(store.dailies(account: row.report.id, days: days), days)
        }
        return courses
    }
}

extension ScoreCourse {
    fileprivate init(_ rows: [DailyRow], _ days: ClosedRange<Day>) throws {
        let count = Int(days.upperBound - days.lowerBound) + 1
        var scores = Array(repeating: Int16(-1), count: count), coverages = Array(repeating: Int8(0), count: count)
        for row in rows {
            let place = Int(row.day - days.lowerBound)
            guard scores.indices.contains(place) else { continue }
            var reader = ByteReader(row.bytes)
            scores[place] = row.score.flatMap { Int16(exactly: $0) } ?? -1
            coverages[place] = Int8(clamping: try reader.readHealthReading().coverageMicros / 1_000_000)
        }
        self.init(firstDay: days.lowerBound, scores: scores, coverages: coverages, unknown: [])
    }
}
