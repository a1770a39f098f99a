import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import Testing

@testable import TenureWeb

/// Pages draw what was kept.
struct ChartPageTests {
    @Test func `an account, its metrics and its days are drawn from the days that were kept`() async throws {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        await house.pass(days: 9)
        let session = try await house.signIn()
        func page(_ path: String) async -> String { await house.ask(.get, path, session).text }
        let low = try #require(house.workspace.account("co-1")).id.text
        let high = try #require(house.workspace.account("co-3")).id.text
        let first = ZoneRules.utc.day(at: TestHouse.now)

        let account = await page(Links.account(low))
        #expect(account.contains("<title id=\"chart-title\">Health over 90 days</title>"))
        #expect(account.contains("<path class=\"chart-mark raised\" d=\"M") && account.contains("Raised: Few users"))
        #expect(account.contains("<a href=\"\(Links.day(low, first))\">\(Wording.day(first))</a></th><td class=\"number\">"))

        let metric = await page(Links.metric(high, "users.active.7d"))
        #expect(metric.contains("<desc id=\"history-summary\">From 3 to "))
        #expect(metric.contains("<a href=\"\(Links.metric(high, "users.active.7d", on: first))\">\(Wording.day(first))</a></th><td class=\"number\">3</td>"))
        #expect(await page(Links.metric(high, "users.active.7d", on: first)).contains("history-summary") == false)
        #expect(await page(Links.told(high, .field, "arr")).contains("history-summary") == false)

        #expect(await page(Links.day(high, first + 7)).contains("<svg class=\"spark\""))
        #expect(await page(Links.accounts).ranges(of: "<svg class=\"spark\"").count == 3)
        #expect(await page(Links.portfolio).contains("<title id=\"scores-title\">Accounts by score</title>"))
    }
}
