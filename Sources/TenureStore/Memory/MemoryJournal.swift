import TenureCore

/// The decisions of `MemoryStore`, in the order of their places.
struct MemoryJournal: Sendable {
    private var rows: [DecisionRow] = []
    private var byAccount: [AccountID: [Int]] = [:]
    private(set) var digests: [(position: UInt64, digest: UInt64)] = []

    mutating func record(_ commit: Commit) {
        guard !commit.decisions.isEmpty else { return }
        for row in commit.decisions {
            byAccount[row.account, default: []].append(rows.count)
            rows.append(row)
        }
        digests.append((commit.position, commit.decisionsDigest))
    }

    func newest(of account: AccountID, before: DecisionPlace?, limit: Int) -> [DecisionRow] {
        let older = (byAccount[account] ?? []).reversed().lazy.map { rows[$0] }
            .drop { row in before.map { row.place >= $0 } ?? false }
        return Array(older.prefix(max(0, limit)))
    }

    func newest(kind: String, limit: Int) -> [DecisionRow] {
        let wanted = rows.filter { isSame($0.kind, kind) }
        return Array(wanted.sorted { ($0.at, $0.place) > ($1.at, $1.place) }.prefix(max(0, limit)))
    }

    func oldest(after: DecisionPlace?, limit: Int) -> [DecisionRow] {
        let start = after.map { place in rows.indices.firstPlace { rows[$0].place > place } } ?? 0
        return Array(rows[start...].prefix(max(0, limit)))
    }
}
