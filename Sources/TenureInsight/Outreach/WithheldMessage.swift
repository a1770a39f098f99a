package import TenureCore
package import TenureEngine
package import TenureProgramme

/// A message that imported history would have sent: a play's first one, had its signal been raised.
package struct WithheldMessage: Hashable, Sendable {
    package let account: AccountID
    package let at: Instant
    package let signal: String
    package let play: String
    package let playTitle: String
    package let template: String
    package let recipient: Recipient
    /// The play's own condition was not looked at: nothing starts behind the fence.
    package let isConditional: Bool
}

extension WithheldMessage {
    /// - Parameter decisions: `signalWithheld` of any accounts, oldest first.
    package static func all(_ decisions: some Sequence<Decision>, _ programme: CompiledProgramme) -> [WithheldMessage] {
        var openings = PlayOpenings(programme)
        return decisions.flatMap { decision -> [WithheldMessage] in
            guard case .signal(.withheld(let signal)) = decision.what else { return [] }
            return openings.plays(on: signal, at: decision).flatMap { first(of: $0, signal, decision) }
        }
    }

    private static func first(of play: Play, _ signal: String, _ decision: Decision) -> [WithheldMessage] {
        let steps = play.steps.filter { $0.after.isEmpty && $0.window.opensAfter == nil }
        return steps.flatMap { step in
            step.actions.flatMap(\.letters).map { template, recipient in
                WithheldMessage(
                    account: decision.account, at: decision.at, signal: signal, play: play.id, playTitle: play.title,
                    template: template, recipient: recipient, isConditional: play.when != nil || step.when != nil)
            }
        }
    }
}

extension StepAction {
    fileprivate var letters: [(template: String, recipient: Recipient)] {
        switch self {
        case .mail(let template, let recipients): recipients.map { (template, $0) }
        case .chat(let template, let recipient): [(template, recipient)]
        }
    }
}

/// Which plays a withheld signal would have started: none twice that never comes back, or not so soon.
private struct PlayOpenings {
    private struct Key: Hashable {
        let account: AccountID
        let play: ID<Play>
    }

    private let programme: CompiledProgramme
    private var last: [Key: Instant] = [:]

    init(_ programme: CompiledProgramme) { self.programme = programme }

    mutating func plays(on signal: String, at decision: Decision) -> [Play] {
        let started = programme.plays.map(\.play).filter { play in
            play.startsOn.contains { isSame($0, signal) } && mayStart(play, decision)
        }
        for play in started { last[Key(account: decision.account, play: ID(play.id))] = decision.at }
        return started
    }

    private func mayStart(_ play: Play, _ decision: Decision) -> Bool {
        guard let last = last[Key(account: decision.account, play: ID(play.id))] else { return true }
        switch play.reentry {
        case .never: return false
        case .afterExit: return true
        case .after(let span):
            let frame = programme.frame(calendar: play.calendar, zone: programme.defaultZoneRules)
            return decision.at >= frame.adding(span, to: last)
        }
    }
}
