import TenureCore
import TenureEngine
import Testing

@testable import TenureRuntime

/// Rows are taken in the order of their times, whatever the order of the file.
struct RowFeedTests {
    private func rows(_ feed: RowFeed, by count: Int) -> [RowFeed.Row] {
        var all: [RowFeed.Row] = []
        while true {
            let batch = feed.next(count)
            if batch.isEmpty { return all }
            #expect(batch.count <= count)
            all += batch
        }
    }

    private func feed(_ text: String, _ kind: ImportKind = .events) throws -> (feed: RowFeed, file: Table) {
        let file = Table(text)
        let reading = RowReading(
            kind: kind, header: kind == .events ? ["account", "type", "time", "user"] : ["id", "name"],
            programme: try starterProgramme(),
            source: "import", isHistory: true)
        return (try RowFeed(reading, path: file.path), file)
    }

    @Test func `events come by their times, with the lines that they have`() throws {
        let days = [9, 2, 30, 14, 2, 21]
        let body = days.map { "a,user.session,2026-03-\($0 < 10 ? "0" : "")\($0)T08:00:00Z,u\n" }.joined()
        let (feed, file) = try feed("account,type,time,user\n" + body)
        let found = rows(feed, by: 4)
        #expect(found.map(\.line) == [3, 6, 2, 5, 7, 4])
        #expect(
            try found.map { try $0.arrival.get().occurred?.text.dropFirst(8).prefix(2) } == [
                "02", "02", "09", "14", "21", "30",
            ])
        #expect(feed.progress == 1)
        _ = file
    }

    @Test func `rows that are wrong are given with why, and those behind them as well`() throws {
        let (feed, file) = try feed(
            "account,type,time,user\na,user.session,soon,u\na,sneezed,2026-03-01T00:00:00Z,u\na,user.session,2026-03-02T00:00:00Z\n"
                + "a,user.session,2026-03-03T00:00:00Z,u\n")
        let found = rows(feed, by: 100)
        let mistakes = found.compactMap { row -> String? in
            if case .failure(let mistake) = row.arrival { "\(row.line): \(mistake.what)" } else { nil }
        }
        #expect(
            mistakes == [
                "2: “soon” in the column “time” is no RFC 3339 timestamp with an offset",
                "3: the programme knows no event type “sneezed”", "4: has 3 cells where the header has 4",
            ])
        #expect(found.count == 4)
        _ = file
    }

    @Test func `a file that breaks off gives what stood before`() throws {
        let (feed, file) = try feed(
            "account,type,time,user\na,user.session,2026-03-03T00:00:00Z,u\na,\"user\n")
        let found = rows(feed, by: 1)
        #expect(found.count == 2)
        #expect(found.last?.line == 3)
        #expect(throws: RowMistake.self) { try found[1].arrival.get() }
        _ = file
    }

    @Test func `accounts come as the file has them`() throws {
        let (feed, file) = try feed("id,name\nb,B\na,A\n", .accounts)
        #expect(rows(feed, by: 1).map(\.line) == [2, 3])
        _ = file
    }
}
