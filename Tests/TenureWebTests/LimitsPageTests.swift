import Foundation
import NIOCore
import TenureCore
import TenureFixtures
import Testing

@testable import TenureEngine
@testable import TenureRuntime
@testable import TenureWeb

struct LimitsPageTests {
    /// The rows of the page by what they limit.
    private static func rows() throws -> [String: String] {
        let root = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let page = try String(contentsOf: root.appending(path: "docs/reference/limits.md"), encoding: .utf8)
        var rows: [String: String] = [:]
        for line in page.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if cells.count == 2 { rows[cells[0]] = cells[1] }
        }
        return rows
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let what: String
        let numbers: [Int]

        init(_ what: String, _ numbers: Int...) { (self.what, self.numbers) = (what, numbers) }
        var testDescription: String { what }
    }

    private static func seconds(_ time: TimeAmount) -> Int { Int(time.nanoseconds / 1_000_000_000) }

    private static let requests: [Row] = [
        Row(
            "request body", WebLimits.bodyBytesMax >> 20, Int(WebLimits.bodySecondsMax), WebLimits.inflatedBytesMax >> 20,
            WebLimits.inflatedBytesFree >> 10),
        Row("events of one request", WebLimits.eventsMax),
        Row("one event, one text of it", WebLimits.eventBytesMax >> 10, WebLimits.stringBytesMax >> 10),
        Row("elements of a JSON list", JSONReader.Limits().elements),
        Row("a form", WebLimits.formBytesMax >> 10),
        Row("files uploaded at a time", WebLimits.uploadBytesMax >> 20, Int(WebLimits.uploadSecondsMax / 60)),
        Row("connections", WebLimits.connectionsMax),
        Row("a connection on which nothing comes", seconds(WebLimits.idleTimeout)),
        Row("what still comes of a body when its request is answered", seconds(WebLimits.unwantedBodyTimeout)),
        Row("a peer that takes nothing of its answer", seconds(WebLimits.slowReaderTimeout)),
    ]
    private static let others: [Row] = [
        Row("time ahead of now", Int(EventCheck.futureMilliseconds / Milliseconds.hour)),
        Row("ids that are known again", Int(EventIndex.days)),
        Row("what waits to be written", Mailbox.arrivalsMax, Mailbox.waitingBytesMax >> 20),
        Row("CSV: columns, a cell, a row", CSVReader.columnsMax, CSVReader.cellBytesMax >> 10, CSVReader.rowBytesMax >> 20),
        Row("events of a file", RowFeed.eventsMax),
        Row("members of an account", MemberTable.rowsMax),
        Row("tickets, invoices, projects and the like, of each kind", EntityTable.rowsMax),
        Row("SLA clocks that run or ended lately", ClockTable.rowsMax),
        Row("accounts of one action", Batch.accountsMax),
        Row("saved views, their names, columns", SavedView.countMax, SavedView.nameBytesMax, ListColumn.countMax),
        Row(
            "mails to a person a day or week, where a limit is set", OutgoingLimits.countRange.lowerBound,
            OutgoingLimits.countRange.upperBound),
    ]

    /// Those that a request meets are tried by `bin/check-end-to-end bad_input`, at the limit and beyond it.
    @Test(arguments: requests + others)
    func `the page says what the code says`(row: Row) throws {
        let text = try #require(try Self.rows()[row.what])
        let told = text.matches(of: /[0-9][0-9,]*/).compactMap { Int($0.output.replacing(",", with: "")) }
        #expect(Array(told.prefix(row.numbers.count)) == row.numbers)
    }
}
