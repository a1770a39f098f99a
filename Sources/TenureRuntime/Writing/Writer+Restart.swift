import TenureCore
import TenureStore

extension Writer {
    /// Between two batches: what a start will need is written beside the log, now and then. Without room there is none, and
    /// starts read on from the one before.
    mutating func writeRestartPoint() throws {
        guard restart.isDue(at: position, every: blocksBetweenRestartPoints, runs: index.runNames) else { return }
        try writeRestartPointNow()
    }

    /// Only where every block has been concluded, so that what all accounts share is as of the position.
    private mutating func writeRestartPointNow() throws {
        guard let files = log.restartFiles, position > restart.position, position == log.end, unfinished == nil else { return }
        let point = RestartPoint(position: position, now: lastNow, workspace: shared, ids: index.kept, merges: merges)
        guard try files.ifWritten({ try $0.write(point.bytes, named: point.name) }) != nil else { return }
        restart.wait(for: point)
    }

    /// The commit that saves the last account which the point is ahead of says that it is in force.
    func settleRestartPoint(into commit: inout Commit) {
        guard let point = restart.waiting, dirty.oldest.map({ $0 > point.position }) ?? true else { return }
        commit.settings.append((name: RestartPoint.setting, value: "\(point.position)"))
    }

    /// What only earlier points needed goes.
    mutating func leaveRestartPoints(after commit: Commit) {
        guard let point = restart.waiting, commit.settings.contains(where: { $0.name == RestartPoint.setting }) else { return }
        restart.takeEffect(point)
        log.restartFiles?.remove(except: point.files.union(index.runNames))
    }

    /// Before a stop, when every account is saved: the next start reads nothing of the log.
    mutating func saveRestartPoint() throws {
        try writeRestartPointNow()
        var commit = Commit(position: position, now: lastNow)
        settleRestartPoint(into: &commit)
        guard !commit.settings.isEmpty else { return }
        try store.commit(commit)
        leaveRestartPoints(after: commit)
    }

    /// At start: the position behind which the log must be read. 0 where there is no point, or where any part of it is
    /// missing or damaged: the log tells everything.
    mutating func loadRestartPoint() throws -> UInt64 {
        guard let files = log.restartFiles, let point = try restartPoint(files),
            let index = EventIndex(point.ids, files, recentMax: index.recentMax)
        else { return 0 }
        self.index = index
        shared = point.workspace
        merges = point.merges
        lastNow = point.now
        restart.takeEffect(RestartPoint.Written(point))
        return point.position
    }

    private func restartPoint(_ files: any RestartFiles) throws -> RestartPoint? {
        guard let position = try store.setting(RestartPoint.setting).flatMap({ UInt64($0) }), position <= self.position,
            let point = files.read(RestartPoint.name(position)).flatMap({ RestartPoint(bytes: $0) }),
            point.position == position
        else { return nil }
        var now: Instant?
        try log.read(from: position) { block in
            now = block.now
            return false
        }
        return now == point.now ? point : nil
    }
}
