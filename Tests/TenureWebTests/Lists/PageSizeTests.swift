import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import Testing

@testable import TenureWeb

/// However many accounts there are, a page stays small, and the pages of a list have all of them.
@Suite struct PageSizeTests {
    private static let accounts = 260
    private static let bytesMax = 150_000

    private func house() async throws -> TestHouse {
        let house = try await TestHouse()
        let facts = (0..<Self.accounts).flatMap { number -> [Arrival] in
            let name = "co-\(number)"
            let data: JSONObject = [
                "name": .string("A company with the number \(number)"), "arr": .int(Int64(1_000 + number)), "csm": "ada",
                "term_end": "2026-03-20", "parent": number > 0 ? "co-0" : .null,
            ]
            return [
                Arrival(id: "a\(number)", source: "t", type: "account.changed", subject: .account(name), data: data),
                Arrival(
                    id: "s\(number)", source: "t", type: "user.session", subject: .account(name), user: "u"),
                Arrival(id: "w\(number)", source: "t", type: "user.session", subject: .account("stranger-\(number % 60)"), user: "u"),
            ]
        }
        for start in stride(from: 0, to: facts.count, by: 100) {
            _ = try await house.workspace.perform(Array(facts[start...].prefix(100)))
        }
        await house.pass(days: 1)
        return house
    }

    /// Names on a page, or on all pages behind it.
    private func walk(_ house: TestHouse, _ session: HTTPFields, _ path: String) async -> (names: [Substring], bytes: Int) {
        var (names, bytes, next): ([Substring], Int, String?) = ([], 0, path)
        while let path = next {
            let page = await house.ask(.get, path, session).text
            bytes = max(bytes, page.utf8.count)
            let rows = page.ranges(of: "<th scope=\"row\"").map { page[$0.upperBound...].prefix { $0 != "\n" } }
            names += rows.compactMap { row in
                row.firstRange(of: "A company with the number ").map { row[$0.upperBound...].prefix { $0.isNumber } }
            }
            next = page.firstRange(of: "rel=\"next\" href=\"")
                .map { String(page[$0.upperBound...].prefix { $0 != "\"" && $0 != "#" }).replacing("&amp;", with: "&") }
        }
        return (names, bytes)
    }

    @Test func `pages stay below their bytes, and following the links shows every account once`() async throws {
        let house = try await house()
        let session = try await house.signIn()
        let all = ListColumn.all(house.workspace.programme)
        let columns = all.prefix(ListColumn.countMax).map(\.id).joined(separator: ",")
        let root = try #require(house.workspace.account("co-0")).id.text
        for path in [
            Links.accounts, Links.accounts + "?sort=-name", Links.accounts + "?limit=200",
            Links.accounts + "?limit=200&columns=" + columns,
            Links.renewals, Links.figure("arr"),
            Links.portfolioFigure("accounts.active_weekly"), Links.kpi("active_users"), Links.family(root),
        ] {
            let found = await walk(house, session, path)
            #expect(found.bytes < Self.bytesMax, "\(path): \(found.bytes)")
            #expect(found.names.count == Self.accounts && Set(found.names).count == Self.accounts, "\(path): \(found.names.count)")
        }
        let signals = await walk(house, session, Links.signals)
        #expect(signals.bytes < Self.bytesMax, "\(signals.bytes)")
    }

    @Test func `names that wait are shown by parts, with how many there are`() async throws {
        let house = try await house()
        let session = try await house.signIn()
        let page = await house.ask(.get, Links.data, session).text
        #expect(page.contains("1 to 25 of 60 names") && page.ranges(of: "It is A company").count <= 75)
        let body = await house.api(.get, "/data").json
        #expect(body["waiting"]?.array?.count == 25 && body["waiting_total"] == 60)
        let rest = await house.api(.get, "/data?cursor=" + (body["waiting_next_cursor"]?.string ?? "")).json
        #expect(rest["waiting"]?.array?.count == 25)
    }
}
