import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import Testing

@testable import TenureWeb

/// Forms of an account's page, as a browser without scripts sends them.
@Suite struct WorkFormTests {
    private func browser() async throws -> Browser {
        let house = try await TestHouse()
        try await house.fill()
        return try await Browser(house)
    }

    private func account(_ browser: Browser) throws -> AccountState {
        try #require(browser.house.workspace.account("co-1"))
    }

    @Test func `a note is shown with its author's name and the newest first`() async throws {
        let browser = try await browser()
        _ = try await browser.follow("/accounts/co-1/notes", ["text": "first", "once": "1"])
        let page = try await browser.follow("/accounts/co-1/notes", ["text": "second <b>", "once": "2"])
        #expect(page.contains("Kept the note."))
        let (first, second) = (try #require(page.firstRange(of: ">first<")), try #require(page.firstRange(of: ">second &lt;b&gt;<")))
        #expect(second.lowerBound < first.lowerBound)
        #expect(page.contains("<bdi>Ada</bdi>, 9 Mar 2026, 11:00"))
    }

    @Test func `what is wrong comes back beside its field, with everything that was typed`() async throws {
        let browser = try await browser()
        let answer = try await browser.send("/accounts/co-1/pulse", ["points": "140", "reason": "they <love> it", "expires_days": "30"])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains(#"name="points" type="number" value="140""#))
        #expect(answer.text.contains(#"value="they &lt;love&gt; it""#))
        #expect(answer.text.contains(#"<p class="mistake" id="set-pulse-points-mistake">Points of 100 must be a number from 0.0 to 100.0</p>"#))
        #expect(try account(browser).observations.pulse == nil)
        let empty = try await browser.send("/accounts/co-1/notes", ["text": ""])
        #expect(empty.text.contains(#"id="note-text-mistake">Note is needed"#))
        let nobody = try await browser.send("/accounts/co-1/owners", ["role": "", "person": "grace"])
        #expect(nobody.status == .unprocessableContent && nobody.text.contains(#"id="hand-over-role-mistake">Role is needed"#))
        // Other forms of the page say nothing of it.
        #expect(empty.text.ranges(of: "-mistake\">").count == 1)
    }

    @Test func `the pulse stands beside the score, with its reason and its end`() async throws {
        let browser = try await browser()
        let before = try account(browser).conclusions.health.reading?.score
        let page = try await browser.follow("/accounts/co-1/pulse", ["points": "35", "reason": "sponsor left", "expires_days": "14"])
        #expect(page.contains("sponsor left") && page.contains("holds until 23 Mar 2026, 11:00"))
        #expect(try account(browser).conclusions.health.reading?.score == before)
        let document = await browser.house.api(.get, "/accounts/co-1").json["pulse"]?.object
        #expect(document?["points"]?.number == 35 && document?["valid"] == true && document?["author"] == "ada")
        let told = await browser.read(Links.told("co-1", .judgement, Grade.nameOfPulse))
        #expect(told.contains("35 points") && told.contains("sponsor left"))
    }

    @Test func `a flag is raised and withdrawn`() async throws {
        let browser = try await browser()
        let page = try await browser.follow("/accounts/co-1/flags", ["flag": "freeze", "reason": "no budget"])
        #expect(page.contains("<code>freeze</code>"))
        #expect(try account(browser).observations.flags["freeze"] == true)
        #expect(try await browser.follow("/accounts/co-1/flags/freeze/withdrawal").contains("No flag is raised."))
        let wrong = try await browser.send("/accounts/co-1/flags", ["flag": "Not A Name", "reason": "r"])
        #expect(wrong.text.contains(#"id="flag-flag-mistake">"#) && wrong.text.contains(#"value="Not A Name""#))
    }

    @Test func `a play is paused, resumed and stopped, and its tasks are ticked off and opened again`() async throws {
        let browser = try await browser()
        let play = "/accounts/co-1/plays/1"
        #expect(try await browser.follow(play + "/pause", ["reason": "holidays"]).contains("paused by ada"))
        let again = try await browser.send(play + "/pause", ["once": "2"])
        #expect(again.status == .conflict && again.text.contains("This was not carried out: This is done already."))
        #expect(try await browser.follow(play + "/resume").contains("running since"))
        let task = play + "/steps/ask/tasks/0"
        #expect(try await browser.follow(task + "/completion").contains("done by <bdi>ada</bdi>"))
        #expect(try await !browser.follow(task + "/reopening").contains("done by <bdi>ada</bdi>"))
        #expect(try await browser.follow(play + "/stop", ["outcome": "solved"]).contains(": solved"))
        let undone = try await browser.send(play + "/stop", ["outcome": PlayInstance.startUndone])
        #expect(undone.text.contains("an outcome is named with"))
    }

    @Test func `a form that is sent twice is carried out once, and tells the same`() async throws {
        let browser = try await browser()
        let first = try await browser.send("/accounts/co-1/notes", ["text": "once only", "once": "abc"])
        let second = try await browser.send("/accounts/co-1/notes", ["text": "once only", "once": "abc"])
        #expect(first.fields[.location] == second.fields[.location])
        let other = try await browser.send("/accounts/co-1/notes", ["text": "another", "once": "abc"])
        #expect(other.fields[.location] != first.fields[.location])
        let page = await browser.read("/accounts/co-1")
        #expect(page.ranges(of: ">once only<").count == 1 && page.contains(">another<"))
    }

    @Test(arguments: [
        ("/today?person=ada", "/today?person=ada"), ("//evil.example", nil), ("https://evil.example/", nil), ("/\\evil.example", nil),
    ])
    func `a form leads back to the page of this site that it stood on, and to no other`(back: String, to: String?) async throws {
        let browser = try await browser()
        let place = try await browser.send("/accounts/co-1/notes", ["text": "x", "back": back]).fields[.location]
        #expect(to.map { place == $0 } ?? (place?.hasPrefix("/accounts/") == true))
    }

    @Test func `a form without the token, or from another site, changes nothing`() async throws {
        let browser = try await browser()
        for form in WorkForm.all {
            let path = "/accounts/co-1" + form.path.replacing(#/\{\w+\}/#, with: "1")
            var head = browser.session
            head[.contentType] = "application/x-www-form-urlencoded"
            let refused = await browser.house.ask(.post, path, head, body: Array("text=x".utf8))
            #expect(refused.status == .forbidden, "\(path)")
            head[.secFetchSite] = "cross-site"
            let body = Array("text=x&form_token=\(browser.token)".utf8)
            #expect(await browser.house.ask(.post, path, head, body: body).status == .forbidden, "\(path)")
        }
    }
}
