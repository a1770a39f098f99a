import GRDB
import TenureCore
package import TenureStore

extension SQLiteStore: StateStore {
    package func commit(_ commit: Commit) throws {
        #if DEBUG
            if PlantedBug.stateWithoutPosition.isChosen { try write(commit.writeCheckpoints) }
        #endif
        try self.commit([commit])
    }

    package func commit(_ commits: [Commit]) throws {
        // Also after a failure, of which nobody knows what it left.
        defer { contactTexts.note(commits) }
        try write { database in
            for commit in commits { try commit.write(database, path: path) }
            try commits.writeDailies(database)
            FaultPoint.commitInside.reached()
        }
        FaultPoint.commitDone.reached()
    }

    package func committedPosition() throws -> UInt64 {
        try read { try $0.row(.committedPosition, []) { try $0.position() } } ?? 0
    }

    /// Page by page, so that no read is long and `body` runs outside of all of them.
    package func checkpoints(_ body: (Checkpoint) throws -> Void) throws {
        try paged(body) { try $0.rows(.checkpoints, [.account($1), .limit(256)]) { try Checkpoint(&$0) } }
    }

    package func marks() throws -> [Mark] {
        try read { try $0.rows(.marks, [.position(0)]) { try Mark(&$0) } }
    }

    package func states(ofMark position: UInt64, _ body: (Checkpoint) throws -> Void) throws {
        try paged(body) { database, last in
            try database.rows(.markedStates, [.position(position), .account(last), .limit(256)]) { try Checkpoint(&$0) }
        }
    }

    /// Page by page, so that no transaction stays open while the caller works.
    private func paged(
        _ body: (Checkpoint) throws -> Void, _ page: (Database, _ after: AccountID) throws -> [Checkpoint]
    ) throws {
        var last = AccountID("")
        while true {
            let rows = try read { try page($0, last) }
            try rows.forEach(body)
            guard let end = rows.last else { return }
            last = end.account
        }
    }

    package func decisionDigests(from position: UInt64) throws -> [(position: UInt64, digest: UInt64)] {
        var found: [(position: UInt64, digest: UInt64)] = []
        var next = position
        while true {
            let page = try read {
                try $0.rows(.digests, [.position(next), .limit(10_000)]) {
                    (position: try $0.position(), digest: UInt64(bitPattern: try $0.integer()))
                }
            }
            found += page
            guard let last = page.last else { return found }
            next = last.position + 1
        }
    }
}
