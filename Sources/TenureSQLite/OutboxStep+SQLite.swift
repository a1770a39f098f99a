import GRDB
import TenureCore
import TenureStore

extension OutboxStep {
    /// Behind a statement that changes the message if it may be changed: what it did not change has no step.
    func writeIfChanged(_ key: String, _ database: Database) throws {
        guard database.changesCount > 0 else { return }
        try database.run(
            """
            INSERT INTO outbox_step (key, number, at, state, detail)
            SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM outbox_step WHERE key = ?
            """, [.text(key), .instant(at), .text(state.rawValue), .text(detail), .text(key)])
    }

    init(_ row: inout StoredRow) throws {
        let at = try row.instant()
        guard let state = OutboxRow.State(rawValue: try row.text()) else { throw row.unexpected }
        self.init(at: at, state: state, detail: try row.text())
    }
}
