import Foundation
import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// Files from a browser: uploaded, told, looked at, taken in.
struct ImportPageTests {
    private static let accounts =
        "Ref,Company,Since,Value\nA1,Alder Ltd,2026-01-02,5000\nB2,Birch GmbH,2025-11-30,100\nC3,Cedar,soon,1\n"
    private static let events = """
        When;Company;Login;Activity
        2026-02-03 10:00;Alder Ltd;u1;Logged in
        2026-01-05 09:00;ALDER-LTD;u2;Logged in
        2026-03-01 09:00;Nobody;u3;Logged in
        2026-02-01;B2;u4;Sneezed

        """

    private func house(isLive: Bool = false) async throws -> (house: TestHouse, browser: Browser) {
        let house = try await TestHouse(
            uploads: NSTemporaryDirectory() + "tenure-uploads-" + UUID().uuidString, isLive: isLive)
        return (house, try await Browser(house))
    }

    private func form(_ parts: [(head: String, content: String)]) -> [UInt8] {
        let text =
            parts.map { "--b\r\nContent-Disposition: form-data; \($0.head)\r\n\r\n\($0.content)\r\n" }
            .joined() + "--b--\r\n"
        return Array(text.utf8)
    }

    private func token(_ browser: Browser) -> (head: String, content: String) {
        ("name=\"form_token\"", browser.token)
    }

    private static func file(_ kind: String, _ content: String) -> (head: String, content: String) {
        ("name=\"\(kind)\"; filename=\"\(kind) of mine.csv\"", content)
    }

    private func upload(
        _ house: TestHouse, _ browser: Browser, _ parts: [(head: String, content: String)], pieces: Int? = nil
    ) async -> Answer {
        var head = browser.session
        head[.contentType] = "multipart/form-data; boundary=b"
        return await house.ask(.post, Links.imports, head, body: form(parts), pieceBytes: pieces)
    }

    /// The page of an import when nothing runs any more.
    private func settled(_ browser: Browser, _ path: String) async throws -> String {
        for _ in 0..<2_000 {
            let page = await browser.read(path)
            if !page.contains("How far it is") { return page }
            try await Task.sleep(for: .milliseconds(5))
        }
        return "still running"
    }

    private func left(_ house: TestHouse) -> [String] {
        FileManager.default.enumerator(atPath: house.house.imports?.folder ?? "")?.compactMap {
            $0 as? String
        } ?? []
    }

    @Test(arguments: [nil, 17] as [Int?])
    func `a table of one's own becomes accounts, and its history sends nothing`(pieces: Int?) async throws {
        let (house, browser) = try await house()
        let answer = await upload(
            house, browser,
            [
                token(browser), Self.file("accounts", Self.accounts), Self.file("contacts", ""),
                Self.file("events", Self.events),
            ],
            pieces: pieces)
        let path = try #require(answer.fields[.location], "\(answer.text)")
        let columns = await browser.read(path)
        #expect(columns.contains("accounts of mine.csv"))
        #expect(columns.contains("<code>Alder Ltd</code>"))

        let said = [
            "accounts-0": "id", "accounts-1": "name", "accounts-2": "term_start", "accounts-3": "arr",
            "events-0": "time",
            "events-1": "account", "events-2": "user", "events-3": "type",
        ]
        _ = try await browser.follow(path + "/columns", said)
        let checked = try await settled(browser, path)
        #expect(checked.contains("2 rows</a> can be taken"))
        #expect(
            checked.contains("line 4</a> <bdi>“soon” in the column “Since” is not a date such as 2026-03-09"))
        #expect(
            checked.contains("<bdi>Sneezed</bdi>") && checked.contains("<bdi>Nobody</bdi>")
                && checked.contains("<bdi>ALDER-LTD</bdi>"))
        #expect(house.workspace.accountCount == 0)

        let alder = house.workspace.keys.account(external: "A1").text
        let one = try #require(
            house.house.imports?.find(String(path.split(separator: "/").last ?? ""), in: house.workspace.id))
        let names = one.unknown.enumerated().filter { ["Alder Ltd", "ALDER-LTD"].contains($0.element.name) }
        #expect(
            names.allSatisfy {
                $0.element.matches.first?.id == alder && $0.element.matches.first?.isExact == true
            })
        let place = try #require(ImportChoicesForm.words(one).firstIndex(of: "Logged in"))
        var choices = Dictionary(
            uniqueKeysWithValues: names.map { (ImportChoicesForm.accountField($0.offset), alder) })
        choices[ImportChoicesForm.wordField(place)] = "user.session"
        _ = try await browser.follow(path + "/taking", choices)
        let done = try await settled(browser, path)
        #expect(
            done.contains(
                "accounts of mine.csv: 2 taken, 0 seen before, 0 waiting for their account, 1 refused"))
        #expect(
            done.contains(
                "events of mine.csv: 2 taken, 0 seen before, 1 waiting for their account, 1 refused"))
        #expect(done.contains("Go live"))

        #expect(house.workspace.accountCount == 2)
        #expect(house.workspace.account("A1")?.observations.profile["arr"]?.number == 5_000)
        #expect(
            try await house.workspace.facts(of: AccountID(alder)).filter { $0.type == "user.session" }.count
                == 2)
        #expect(try await house.workspace.read { try $0.outbox(OutboxQuery()).isEmpty })
        #expect(left(house).filter { $0.hasSuffix(".csv") } == [])
        #expect(await browser.read(path + "/report").contains("\"accounts of mine.csv\",\"4\",\"“soon”"))
        #expect(!house.workspace.isLive)
        let live = try await browser.follow(Links.data + "/live")
        #expect(house.workspace.isLive)
        #expect(live.contains("This workspace is live"))
        #expect(live.contains("accounts of mine.csv: 2 taken"))
    }

    @Test func `the same files again count nothing twice`() async throws {
        let (house, browser) = try await house()
        var pages: [String] = []
        for _ in 0..<2 {
            let path = try #require(
                await upload(house, browser, [token(browser), Self.file("accounts", "id,name\na,A\n")])
                    .fields[.location])
            _ = try await browser.follow(path + "/columns", ["accounts-0": "id", "accounts-1": "name"])
            _ = try await settled(browser, path)
            _ = try await browser.follow(path + "/taking")
            pages.append(try await settled(browser, path))
        }
        #expect(pages[0].contains("1 taken, 0 seen before"))
        #expect(pages[1].contains("0 taken, 1 seen before"))
    }

    @Test func `columns that cannot be are told, and what was chosen stays`() async throws {
        let (house, browser) = try await house()
        let path = try #require(
            await upload(house, browser, [token(browser), Self.file("accounts", "x,y\na,A\n")]).fields[
                .location])
        let missing = try await browser.send(path + "/columns", ["accounts-0": "id"])
        #expect(missing.status.code == 422)
        #expect(missing.text.contains("needs a column that is “Name of the account”"))
        #expect(missing.text.contains("<option value=\"id\" selected>"))
        let twice = try await browser.send(path + "/columns", ["accounts-0": "name", "accounts-1": "name"])
        #expect(twice.status.code == 422)
        #expect(try await browser.send(path + "/taking").status.code == 409)
        #expect(try await browser.send(path + "/removal").fields[.location] == Links.imports)
        #expect(left(house) == [])
        #expect(await browser.read(path).contains("There is no such import any more"))
    }

    @Test
    func `nothing is kept without the session's token, from another site, or of a form that breaks off`()
        async throws
    {
        let (house, browser) = try await house()
        let file = Self.file("accounts", "id,name\na,A\n")
        #expect(await upload(house, browser, [file, token(browser)]).status == .forbidden)
        #expect(
            await upload(house, browser, [("name=\"form_token\"", "tna_wrong"), file]).status == .forbidden)
        #expect(await upload(house, browser, [token(browser), file, file]).status == .badRequest)
        #expect(await upload(house, browser, [token(browser), Self.file("churn", "x")]).status.code == 422)
        var head = browser.session
        head[.contentType] = "multipart/form-data; boundary=b"
        let half = Array(form([token(browser), file]).dropLast(9))
        #expect(await house.ask(.post, Links.imports, head, body: half).status == .badRequest)
        head[.secFetchSite] = "cross-site"
        #expect(
            await house.ask(.post, Links.imports, head, body: form([token(browser), file])).status
                == .forbidden)
        #expect(
            await house.ask(.post, Links.imports, [:], body: form([file])).fields[.location] == Links.signIn)
        #expect(
            await upload(house, browser, [token(browser), Self.file("accounts", "a\"b\n")]).text.contains(
                "cannot be read as CSV: line 1"))
        #expect(left(house) == [])
        #expect(house.house.imports?.all(of: house.workspace.id) == [])
    }

    @Test func `a file's name cannot leave the folder or disturb a page`() async throws {
        let (house, browser) = try await house()
        let evil = ("name=\"accounts\"; filename=\"../../etc/<b>x</b>.csv\"", "id,name\na,A\n")
        let path = try #require(
            await upload(house, browser, [token(browser), (head: evil.0, content: evil.1)]).fields[.location])
        let page = await browser.read(path)
        #expect(page.contains("b&gt;.csv") && !page.contains("<b>x"))
        #expect(left(house).filter { $0.hasSuffix(".csv") }.allSatisfy { $0.hasSuffix("/accounts.csv") })
    }

    @Test func `another workspace's import is nobody's`() async throws {
        let (house, browser) = try await house()
        let path = try #require(
            await upload(house, browser, [token(browser), Self.file("accounts", "id,name\na,A\n")]).fields[
                .location])
        let id = String(try #require(path.split(separator: "/").last))
        #expect(house.house.imports?.find(id, in: "other") == nil)
        #expect(house.house.imports?.find(id, in: house.workspace.id) != nil)
    }

    @Test func `reasons are no formulas for the program that opens the report`() {
        #expect(
            ImportReport.line(["@a.csv", "7", "=1+1 \"x\""]) == "\"'@a.csv\",\"7\",\"'=1+1 \"\"x\"\"\"\r\n")
    }
}
