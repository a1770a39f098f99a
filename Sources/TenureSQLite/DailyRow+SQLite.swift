import GRDB
import TenureCore
import TenureStore

extension DailyRow {
    func write(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO daily (account, day, score, band, bytes, closed_at, position, layout, metrics)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, day) DO UPDATE
            SET score = excluded.score, band = excluded.band, bytes = excluded.bytes, closed_at = excluded.closed_at,
                position = excluded.position, layout = excluded.layout, metrics = excluded.metrics
            """,
            [
                .account(account), .integer(Int64(day.number)), .optional(score), .optional(band), .bytes(bytes),
                close.map { .instant($0.at) } ?? .null, close.map { .position($0.position) } ?? .null,
                .optional(close?.layout), close.map { .bytes($0.metrics) } ?? .null,
            ])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            account: try row.account(), day: try row.day(), score: try row.optionalInteger().map { Int($0) },
            band: try row.optionalText(), bytes: try row.bytes())
        guard let at = try row.optionalInteger() else { return }
        close = Close(
            at: Instant(milliseconds: at), position: try row.position(), layout: try row.number(),
            metrics: try row.bytes())
    }
}

extension MetricLayout {
    func write(_ database: Database) throws {
        try database.run(
            "INSERT INTO metric_layout (number, names) VALUES (?, ?) ON CONFLICT (number) DO NOTHING",
            [.number(number), .bytes(Self.bytes(names))])
    }

    init(_ row: inout StoredRow) throws {
        let number = try row.number()
        var reader = ByteReader(try row.bytes())
        guard let names = try? reader.readList({ try $0.readString() }), reader.isAtEnd else { throw row.unexpected }
        self.init(number: number, names: names)
    }

    private static func bytes(_ names: [String]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(list: names) { $0.write($1) }
        return writer.bytes
    }
}
