import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// Taking back what was just done, for ten minutes.
@Suite struct UndoTests {
    private func browser() async throws -> Browser {
        let house = try await TestHouse()
        try await house.fill(accounts: 2)
        return try await Browser(house)
    }

    private func owner(_ browser: Browser) -> String? {
        browser.house.workspace.account("co-2")?.observations.profile["csm"]?.string
    }

    private func handOver(_ browser: Browser, to person: String, once: String = "1") async throws -> String {
        try await browser.follow("/accounts/co-2/owners", ["role": "csm", "person": person, "once": once])
    }

    @Test func `a hand-over is undone and the earlier owner is back`() async throws {
        let browser = try await browser()
        let page = try await handOver(browser, to: "grace")
        #expect(owner(browser) == "grace")
        #expect(page.contains("Handed over: Customer Success Manager is now grace."))
        let after = try await browser.undo(page)
        #expect(after.contains("Taken back: Handed over") && !after.contains(">Undo<"))
        #expect(owner(browser) == "ada")
    }

    @Test func `whoever was named after the hand-over stays, also when the undo was on its way`() async throws {
        let browser = try await browser()
        let page = try await handOver(browser, to: "grace")
        _ = await browser.house.api(.put, "/accounts/co-2/owners/csm", #"{"person": "linus"}"#)
        #expect(try await browser.undo(page).contains("Company 2 stays as it is: Somebody else was named since."))
        #expect(owner(browser) == "linus")
        // The fact of the undo alone: it is told as of the hand-over, and loses against anything later.
        let before = try #require(browser.house.workspace.account("co-2"))
        _ = try await handOver(browser, to: "grace", once: "2")
        let after = try #require(browser.house.workspace.account("co-2"))
        guard case .owner(_, _, _, let at, let earlier)? = Deeds(before: before, after: after, author: "ada").handOver("csm")
        else {
            Issue.record("no hand-over")
            return
        }
        #expect(earlier == "linus")
        _ = await browser.house.api(.put, "/accounts/co-2/owners/csm", #"{"person": "margaret"}"#)
        _ = try await browser.house.workspace.perform([
            Arrival(
                id: "late-undo", source: "ada", type: FactType.ownerAssigned, subject: .resolved(after.id), occurred: at,
                data: ["role": "csm", "person": "linus"])
        ])
        #expect(owner(browser) == "margaret")
    }

    @Test func `an owner where there was none goes again`() async throws {
        let browser = try await browser()
        _ = await browser.house.send("/v1/group", #"{"groupId": "co-9", "messageId": "g9", "traits": {"name": "Nine"}}"#)
        _ = await browser.house.api(.post, "/accounts/co-9/notes", #"{"text": "after it"}"#)
        let page = try await browser.follow("/accounts/co-9/owners", ["role": "csm", "person": "grace"])
        #expect(try await browser.undo(page).contains("nobody"))
        #expect(browser.house.workspace.account("co-9")?.observations.profile["csm"]?.string == nil)
    }

    @Test func `a note that is undone is erased`() async throws {
        let browser = try await browser()
        let page = try await browser.follow("/accounts/co-2/notes", ["text": "a slip of the pen"])
        #expect(page.contains("a slip of the pen"))
        #expect(try await !browser.undo(page).contains("a slip of the pen"))
    }

    @Test func `a start that is undone counts as one that never was`() async throws {
        let browser = try await browser()
        let page = try await browser.follow("/accounts/co-2/plays", ["play": "invite"])
        #expect(page.contains("Started: Invite users."))
        let account = try #require(browser.house.workspace.account("co-2"))
        #expect(account.conclusions.plays.last?.isRunning == true)
        #expect(await started(browser) == ["Company 1", "Company 2"])
        let after = try await browser.undo(page)
        #expect(after.contains("Taken back: Started: Invite users.") && after.contains("counts as never started"))
        let undone = try #require(browser.house.workspace.account("co-2"))
        #expect(undone.conclusions.plays.last?.isUndone == true && undone.conclusions.lastRun(of: "invite") == nil)
        #expect(await started(browser) == ["Company 1"])
    }

    /// Accounts whose plays count in the figure of completed ones.
    private func started(_ browser: Browser) async -> [String] {
        let figure = await browser.house.api(.get, "/portfolio/figures?figure=plays.completion_rate").json
        return (figure["items"]?.array ?? []).compactMap { $0.object?["name"]?.string }.sorted()
    }

    @Test func `after ten minutes nothing is undone, and never by somebody else`() async throws {
        let browser = try await browser()
        let page = try await handOver(browser, to: "grace")
        let receipt = try browser.receipt(page)
        try await browser.house.workspace.write {
            $0.settings.append((name: "teammate:eve", value: Teammate(id: "eve", name: "Eve", email: "").text))
        }
        let eve = try await Browser(browser.house, as: "eve")
        #expect(try await eve.send(Links.undo, ["receipt": receipt]).status == .conflict)
        browser.house.advance(minutes: 10)
        #expect(try await browser.send(Links.undo, ["receipt": receipt]).status == .conflict)
        #expect(owner(browser) == "grace")
        #expect(await !browser.read(Links.receipt(receipt, at: "/accounts/co-2")).contains(">Undo<"))
    }

    @Test func `a receipt is read back as it was written`() throws {
        let receipt = Receipt(
            id: "r", by: "ada", at: TestHouse.now, page: "/", words: "w",
            undoings: [
                .owner("acc_1", role: "csm", person: "p", at: TestHouse.now, before: nil),
                .start("acc_1", play: "x", number: 7), .note("acc_2", id: "n"),
            ], undone: .init(at: TestHouse.now, count: 2, left: [.init(account: "acc_1", reason: "r")], messagesSent: 3))
        #expect(Receipt(id: "r", text: receipt.text) == receipt)
        #expect(Receipt(id: "r", text: "{}") == nil)
    }
}
