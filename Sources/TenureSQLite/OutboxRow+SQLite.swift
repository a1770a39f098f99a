import GRDB
import TenureCore
import TenureStore

extension OutboxRow {
    /// A key that is known keeps its row: the message exists, whatever became of it.
    func write(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO outbox (key, account, channel, address, recipient_name, template, subject, message_id,
                sender, body, state, attempts, due, created, detail, checksum)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO NOTHING
            """,
            [
                .text(key), .account(account), .text(channel), .text(address), .text(recipientName),
                .text(template), .text(subject), .text(messageID), .text(sender), .bytes(body),
                .text(state.rawValue), .number(attempts), .instant(due), .instant(created), .text(detail),
                .integer(Int64(checksum)),
            ])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            key: try row.text(), account: try row.account(), channel: try row.text(), address: try row.text(),
            recipientName: try row.text(), template: try row.text(), subject: try row.text(),
            messageID: try row.text(), sender: try row.text(), body: try row.bytes(), state: .queued,
            due: Instant(milliseconds: 0), created: Instant(milliseconds: 0))
        guard let known = State(rawValue: try row.text()) else { throw row.unexpected }
        state = known
        attempts = try row.number()
        due = try row.instant()
        created = try row.instant()
        detail = try row.text()
        guard try row.integer() == Int64(checksum) else { throw row.unexpected }
    }

    /// Over what must reach the recipient as it was decided; SQLite's pages have no checksum of their own.
    private var checksum: UInt32 {
        var writer = ByteWriter()
        for text in [key, account.text, channel, address, recipientName, subject, messageID, sender] {
            writer.write(text)
        }
        writer.write(bytes: body)
        return Checksum.crc32c(writer.bytes)
    }
}
