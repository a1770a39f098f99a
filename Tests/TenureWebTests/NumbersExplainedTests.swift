import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import Testing

@testable import TenureWeb

/// Every number of every page opens into an explanation, and explanations end in facts.
@Suite struct NumbersExplainedTests {
    private func house() async throws -> (house: TestHouse, id: String) {
        let house = try await TestHouse()
        try await house.fill(accounts: 3)
        _ = await house.api(.post, "/accounts/co-3/grades", #"{"metric": "relation", "grade": "good", "reason": "r"}"#)
        _ = await house.api(.post, "/accounts/co-3/flags", #"{"flag": "churn_notice", "reason": "r"}"#)
        await house.pass(days: 9)
        let late = (TestHouse.now + 7 * Milliseconds.day).text
        _ = await house.send("/v1/events", #"[{"id": "late-1", "type": "user.session", "account": "co-3", "user": "x", "time": "\#(late)"}]"#)
        // Events are answered before they are concluded from, commands behind them.
        _ = await house.api(.post, "/accounts/co-3/notes", #"{"text": "after it"}"#)
        return (house, try #require(house.workspace.account("co-3")).id.text)
    }

    @Test func `every number of every page stands in a link or in an explanation`() async throws {
        let (house, id) = try await house()
        let session = try await house.signIn()
        let day = Links.day(id, ZoneRules.utc.day(at: TestHouse.now) + 7)
        var numbers = 0
        for path in [
            Links.home, Links.account(id), Links.account(id) + "?events=true", day, day + "?recompute=true",
            Links.metric(id, "users.active.7d"), Links.told(id, .field, "arr"), Links.family(id), Links.accountRevenue(id),
            Links.portfolio, Links.portfolio + "?group=tier", Links.portfolio + "?without=tier", Links.figure("arr"),
            Links.figures, Links.portfolioFigure("accounts.active_weekly"), Links.accounts + "?without=tier",
            Links.accounts, Links.today + "?person=all", Links.renewals, Links.warnings,
            Links.signals, Links.signal(id, "few_users"), Links.signalEpisodes("few_users", days: 90),
            Links.outbox, Links.withheld, Links.sending, Links.data, Links.duplicates, Links.merging(id, with: "co-2"),
        ] {
            let page = PageText(await house.ask(.get, path, session).text)
            #expect(page.bare == [], "\(path)")
            numbers += page.explained
        }
        #expect(numbers > 250, "\(numbers)")
    }

    @Test func `a past day that is folded anew shows who owned the account then`() async throws {
        let (house, id) = try await house()
        _ = await house.api(.put, "/accounts/co-3/owners/csm", #"{"person": "grace"}"#)
        await house.pass(days: 2)
        let session = try await house.signIn()
        let (before, after) = (ZoneRules.utc.day(at: TestHouse.now) + 7, ZoneRules.utc.day(at: TestHouse.now) + 9)
        let then = await house.ask(.get, Links.day(id, before) + "?recompute=true", session).text
        #expect(then.contains("<bdi>ada</bdi>") && !then.contains("<bdi>grace</bdi>"))
        #expect(await house.ask(.get, Links.day(id, after) + "?recompute=true", session).text.contains("<bdi>grace</bdi>"))
    }

    @Test func `a number that leads nowhere is found`() {
        #expect(PageText("<p>Score <strong>7</strong></p>").bare == ["7"])
        #expect(PageText("<p>Score <a href=\"/x\">7</a>, on 9 Mar 2026, 14:05 <code>e12</code></p>").bare == [])
        #expect(PageText("<details><summary>7</summary>because</details><p>and 8</p>").bare == ["and 8"])
    }

    /// Following every link of an account's page that is below the account leads to a page, and what explains a number
    /// ends in facts or in a day.
    @Test func `every link of an account's pages leads somewhere, and metrics end in facts`() async throws {
        let (house, id) = try await house()
        let session = try await house.signIn()
        var seen: Set<String> = []
        var waiting = [Links.home, Links.account(id)]
        var metrics = 0
        while let path = waiting.popLast() {
            guard seen.insert(path).inserted, seen.count < 80 else { continue }
            let answer = await house.ask(.get, path, session)
            #expect(answer.status == .ok, "\(path)")
            if path.contains("/metrics/") || path.contains("/told/") {
                metrics += 1
                let hasFacts = answer.text.contains("occurred ")
                #expect(hasFacts || answer.text.contains("No fact that counts"), "\(path)")
                #expect(hasFacts || path.contains("?on=") || answer.text.contains("unknown"), "\(path)")
            }
            for link in PageText(answer.text).links where link.hasPrefix(Links.account(id)) { waiting.append(link) }
        }
        #expect(seen.count >= 25 && metrics >= 5, "\(seen.count), \(metrics)")
    }

    @Test func `a metric names its window, its days and its newest facts`() async throws {
        let (house, _) = try await house()
        let body = await house.api(.get, "/accounts/co-3/metrics/users.active.7d").json
        #expect(body["value"]?.number == 1 && body["sample"]?.int == 1)
        #expect(body["windows"] == [["first": "2026-03-11", "last": "2026-03-18", "earlier": false]])
        #expect(body["parts"] == [["kind": "day", "id": "2026-03-16", "value": 1.0]])
        let fact = try #require(body["facts"]?.array?.first?.object)
        #expect(fact["id"] == "late-1" && fact["type"] == "user.session" && body["facts"]?.array?.count == 1)
        let then = await house.api(.get, "/accounts/co-3/metrics/users.active.7d?on=2026-03-15").json
        #expect(then["value"]?.number == 3 && then["day"] == "2026-03-15" && then["facts"]?.array?.count == 3)
        #expect(await house.api(.get, "/accounts/co-3/metrics/nothing").code == "not-found")
        #expect(await house.api(.get, "/accounts/co-3/metrics/users.active").code == "not-found")
        #expect(await house.api(.get, "/accounts/co-3/metrics/relation?on=2030-01-01").code == "day-to-come")
        let judged = await house.api(.get, "/accounts/co-3/metrics/relation").json
        #expect(judged["value"]?.number == 90 && judged["facts"]?.array?.count == 1)
        let told = await house.api(.get, "/accounts/co-3/told/field/arr").json
        #expect(told["facts"]?.array?.first?.object?["data"]?.object?["arr"]?.number == 3000)
        #expect(await house.api(.get, "/accounts/co-3/told/rumour/arr").code == "not-found")
    }
}

/// The texts of a page with numbers in them, and where they stand.
struct PageText {
    /// Numbers that stand in nothing that explains them.
    private(set) var bare: [String] = []
    private(set) var explained = 0
    private(set) var links: [String] = []
    private var open: [String] = []

    private static let explaining: Set<String> = [
        "a", "details", "code", "svg", "title", "style", "option", "label", "button", "textarea", "h1", "bdi",
    ]
    private static let void: Set<String> = ["meta", "link", "input", "br", "rect", "path", "line", "!doctype"]

    init(_ html: String) {
        for part in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            let pieces = part.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
            take(tag: pieces[0])
            if pieces.count > 1 { take(text: String(pieces[1])) }
        }
    }

    private mutating func take(tag: Substring) {
        if tag.hasPrefix("/") {
            if let place = open.lastIndex(of: String(tag.dropFirst())) { open.removeSubrange(place...) }
            return
        }
        let name = String(tag.prefix { $0 != " " && $0 != "/" }).lowercased()
        if name == "a", let start = tag.firstRange(of: "href=\"") {
            let link = tag[start.upperBound...].prefix { $0 != "\"" }
            links.append(String(link.prefix { $0 != "#" }).replacing("&amp;", with: "&"))
        }
        if !Self.void.contains(name), !tag.hasSuffix("/") { open.append(name) }
    }

    private mutating func take(text: String) {
        let rest = text.replacing(#/&#?\w+;/#, with: "").replacing(#/\d{1,2} [A-Z][a-z]{2}( \d{4})?(, \d\d:\d\d)?/#, with: "")
        guard rest.contains(where: { $0.isNumber }) else { return }
        if open.contains(where: Self.explaining.contains) { explained += 1 } else { bare.append(text) }
    }
}
