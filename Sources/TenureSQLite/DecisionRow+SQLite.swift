import GRDB
import TenureCore
import TenureStore

extension DecisionRow {
    func write(_ database: Database) throws {
        try database.run(
            "INSERT INTO decision (position, ordinal, account, at, kind, bytes) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .position(place.position), .number(place.ordinal), .account(account), .instant(at),
                .text(kind),
                .bytes(bytes),
            ])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            place: DecisionPlace(position: try row.position(), ordinal: try row.number()),
            account: try row.account(), at: try row.instant(), kind: try row.text(), bytes: try row.bytes())
    }
}
