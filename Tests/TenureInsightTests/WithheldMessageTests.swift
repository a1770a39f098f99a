import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// What imported history would have sent.
@Suite struct WithheldMessageTests {
    private func programme(_ reentry: Play.Reentry) throws -> CompiledProgramme {
        var programme = Programme(id: "watch", title: "Watch")
        programme.signals = [Signal(id: "low", title: "Low", severity: .high, when: try condition("true"))]
        var first = Step(id: "call", title: "Call")
        first.actions = [
            .mail(template: "note", to: [.role("csm"), .contact("sponsor")]), .chat(template: "ping", to: .channel("cs")),
        ]
        var later = Step(id: "look", title: "Look")
        later.after = ["call"]
        later.actions = [.mail(template: "later", to: [.role("csm")])]
        var play = Play(id: "save", title: "Save", owner: "csm")
        play.startsOn = ["low"]
        play.reentry = reentry
        play.steps = [first, later]
        programme.plays = [play]
        return CompiledProgramme(programme, zones: zones)
    }

    private func withheld(_ account: AccountID, _ day: Int) -> Decision {
        Decision(account: account, at: instant("2026-06-\(padded(day, 2))T08:00:00Z"), what: .signal(.withheld(signal: "low")))
    }

    @Test func `each withheld signal tells the first messages of the plays that it would have started`() throws {
        let all = WithheldMessage.all([withheld("a", 1)], try programme(.afterExit))
        #expect(all.map(\.template) == ["note", "note", "ping"])
        #expect(all.map(\.recipient.text) == ["role:csm", "contact:sponsor", "channel:cs"])
        #expect(all.allSatisfy { $0.play == "save" && !$0.isConditional && $0.account == "a" })
    }

    @Test func `a play would not have started again before its time`() throws {
        let decisions = [withheld("a", 1), withheld("b", 2), withheld("a", 3), withheld("a", 9)]
        #expect(WithheldMessage.all(decisions, try programme(.afterExit)).count == 12)
        #expect(WithheldMessage.all(decisions, try programme(.never)).count == 6)
        #expect(WithheldMessage.all(decisions, try programme(.after(Span(5, .days)))).count == 9)
    }

    @Test func `signals that nothing starts on, and other decisions, tell nothing`() throws {
        var other = withheld("a", 1)
        other.what = .signal(.withheld(signal: "other"))
        var raised = withheld("a", 1)
        raised.what = .signal(.raised(signal: "low"))
        #expect(WithheldMessage.all([other, raised], try programme(.afterExit)).isEmpty)
    }
}
