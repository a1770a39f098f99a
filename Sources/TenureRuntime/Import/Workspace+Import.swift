import TenureCore
import TenureEngine
import TenureStore

extension Workspace {
    /// Takes a file's rows in, a block after the other; what others send goes in between.
    ///
    /// - Parameter pace: of the blocks. Whoever sends meanwhile waits for one at most.
    package func take(
        _ feed: RowFeed, pace: BlockPace, keeping refusals: Int = 10_000, progress: @Sendable (Double) -> Void
    ) async throws -> ImportTally {
        var (tally, pace) = (ImportTally(keeping: refusals), pace)
        while true {
            let count = pace.rows
            let rows = try await offPool { feed.next(count) }
            guard !rows.isEmpty else { return tally }
            let began = ContinuousClock.now
            try await take(rows, &tally)
            pace.note(milliseconds: Int64((ContinuousClock.now - began) / .milliseconds(1)))
            progress(feed.progress)
        }
    }

    private func take(_ rows: [RowFeed.Row], _ tally: inout ImportTally) async throws {
        let check = eventCheck
        let received = now
        var sound: [(line: Int, arrival: Arrival)] = []
        for row in rows {
            switch row.arrival {
            case .failure(let mistake): tally.refused.add(row.line, mistake.what)
            case .success(let arrival):
                if let refusal = check.refusal(arrival, received: received) {
                    tally.refused.add(row.line, refusal.detail)
                } else {
                    sound.append((row.line, arrival))
                }
            }
        }
        let answers = try await perform(sound.map(\.arrival))
        for (row, answer) in zip(sound, answers) { tally.count(answer, row.line) }
    }

    /// Leaves the import fence: from here on effects are real. Nothing happens when it is open already.
    package func goLive(source: String) async throws {
        guard !isLive else { return }
        _ = try await perform([
            Arrival(id: "went-live", source: source, type: FactType.workspaceWentLive, subject: .workspace)
        ])
    }

    /// Whether rows about an account of this name would find it.
    func knows(external: String) async throws -> Bool {
        if account(external) != nil { return true }
        return try await read { try $0.setting(Writer.adoptedPrefix + external) != nil }
    }
}
