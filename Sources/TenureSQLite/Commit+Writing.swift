import GRDB
import TenureCore
import TenureStore

extension [Commit] {
    /// Account by account, as they lie in the file: each page is written once for all its days.
    func writeDailies(_ database: Database) throws {
        let rows = flatMap(\.dailies)
        for row in count == 1 ? rows : rows.sorted(by: { ($0.account, $0.day) < ($1.account, $1.day) }) {
            try row.write(database)
        }
    }
}

extension Commit {
    /// Writes all parts but the dailies inside the caller's transaction.
    func write(_ database: Database, path: String) throws {
        let committed = try database.row(.committedPosition, []) { try $0.position() } ?? 0
        let decided = try database.row(.lastDecided, []) { UInt64(try $0.optionalInteger() ?? 0) } ?? 0
        try mustFollow(committed: committed, lastDecided: decided, path: path)
        try writePlace(database)
        try writeDecisions(database)
        try writeCheckpoints(database)
        try writeMarks(database)
        for layout in metricLayouts { try layout.write(database) }
        for row in contacts { try row.write(database) }
        for row in notes { try row.write(database) }
        for note in erasedNotes {
            try database.run(
                "DELETE FROM note WHERE account = ? AND id = ?", [.account(note.account), .text(note.id)])
        }
        for row in programmes { try row.write(database) }
        try writeOutbox(database)
        try writeQuarantine(database)
        try writeSettings(database)
        try writeAnswers(database)
    }

    func writeCheckpoints(_ database: Database) throws {
        for checkpoint in checkpoints {
            try checkpoint.write(database)
            FaultPoint.checkpointSaved.reached()
        }
    }

    private func writePlace(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO place (id, position, at) VALUES (1, ?, ?)
            ON CONFLICT (id) DO UPDATE SET position = excluded.position, at = excluded.at
            """, [.position(position), .instant(now)])
    }

    private func writeDecisions(_ database: Database) throws {
        guard !decisions.isEmpty else { return }
        for row in decisions { try row.write(database) }
        try database.run(
            "INSERT INTO decision_digest (position, digest) VALUES (?, ?)",
            [.position(position), .integer(Int64(bitPattern: decisionsDigest))])
    }

    private func writeOutbox(_ database: Database) throws {
        for row in outbox { try row.write(database) }
        for approval in approvals {
            try database.run(
                """
                UPDATE outbox SET state = 'queued', due = ?, detail = ? WHERE key = ? AND state IN ('held', 'failed')
                """, [.instant(approval.due), .text(approval.reason), .text(approval.key)])
            try OutboxStep(at: now, state: .queued, detail: approval.reason).writeIfChanged(approval.key, database)
        }
        for one in hastenings {
            try database.run(
                "UPDATE outbox SET due = ?, detail = ? WHERE key = ? AND state = 'queued' AND due > ?",
                [.instant(one.due), .text(one.reason), .text(one.key), .instant(one.due)])
            try OutboxStep(at: now, state: .queued, detail: one.reason).writeIfChanged(one.key, database)
        }
        for (key, reason) in withholdings { try stop(key, as: .withheld, reason, database) }
        for (key, reason) in cancellations { try stop(key, as: .cancelled, reason, database) }
    }

    /// For rows that nobody has claimed.
    private func stop(_ key: String, as state: OutboxRow.State, _ reason: String, _ database: Database) throws {
        try database.run(
            "UPDATE outbox SET state = ?, detail = ? WHERE key = ? AND state IN ('queued', 'held')",
            [.text(state.rawValue), .text(reason), .text(key)])
        try OutboxStep(at: now, state: state, detail: reason).writeIfChanged(key, database)
    }

    private func writeQuarantine(_ database: Database) throws {
        for row in quarantine { try row.write(database) }
        for number in released {
            try database.run("DELETE FROM quarantine WHERE number = ?", [.integer(number)])
        }
    }

    private func writeSettings(_ database: Database) throws {
        for setting in settings {
            if let value = setting.value {
                try database.run(
                    """
                    INSERT INTO setting (name, value) VALUES (?, ?)
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """, [.text(setting.name), .text(value)])
            } else {
                try database.run("DELETE FROM setting WHERE name = ?", [.text(setting.name)])
            }
        }
    }

    private func writeAnswers(_ database: Database) throws {
        if let limit = answersExpiredBefore {
            try database.run("DELETE FROM answer WHERE at < ?", [.instant(limit)])
        }
        for answer in answers { try answer.write(database) }
    }
}
