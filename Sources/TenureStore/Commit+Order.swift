import TenureCore

extension Commit {
    /// Refuses a commit that goes back, or that records decisions where some are recorded already; every
    /// backend asks this before it writes. A commit at the position reached is allowed: it saves checkpoints,
    /// settings or answers without a new block.
    package func mustFollow(committed: UInt64, lastDecided: UInt64, path: String) throws {
        guard position <= UInt64(Int64.max) else {
            throw refusal("position \(position) is out of range", path)
        }
        guard position >= committed else { throw refusal("position \(position) after \(committed)", path) }
        var last = DecisionPlace(position: lastDecided, ordinal: .max)
        for row in decisions {
            guard row.place > last, row.place.position <= position, row.place.ordinal >= 0 else {
                throw refusal("decision \(row.place.position)/\(row.place.ordinal) is out of order", path)
            }
            last = row.place
        }
    }

    private func refusal(_ detail: String, _ path: String) -> StorageFailure {
        .failed(path: path, detail: "commit refused: " + detail)
    }
}
