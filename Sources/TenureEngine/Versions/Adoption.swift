package import TenureCore
import TenureProgramme

/// How an account passes from one version of the programme to the next: what it takes along, and what is gone.
package struct Adoption: Sendable {
    /// The new place of each old band; nil: no band has its id any more.
    private let bands: [Int?]
    private let keepsBands: Bool
    private let programme: CompiledProgramme
    /// By the version they run under: plays that the new version defines alike.
    private let carried: [Int: Set<String>]

    package init(from old: CompiledProgramme, to new: CompiledProgramme, carried: [Int: Set<String>]) {
        let ids = new.programme.health.bands.map(\.id)
        bands = old.programme.health.bands.map { band in ids.firstIndex { isSame($0, band.id) } }
        keepsBands = bands == ids.indices.map { $0 }
        programme = new
        self.carried = carried
    }

    func decisions(for conclusions: Conclusions) -> [Conclusion] {
        var decisions: [Conclusion] = []
        if !keepsBands, let shown = conclusions.health.displayedBand {
            decisions.append(.health(.bandsReplaced(shown: bands.indices.contains(shown) ? bands[shown] : nil)))
        }
        for signal in conclusions.signals where programme.signalIndex[signal.signal] == nil && signal.isAlive {
            decisions.append(.signal(.cleared(signal: signal.signal)))
        }
        for play in conclusions.plays where play.isRunning && isCarried(play) {
            decisions.append(.play(.moved(number: play.number, programmeVersion: programme.programme.version)))
        }
        return decisions
    }

    private func isCarried(_ play: PlayInstance) -> Bool {
        carried[play.programmeVersion]?.contains(play.play) ?? false
    }
}

extension SignalState {
    /// Whether it is open, or on its way there.
    var isAlive: Bool { isOpen || holdingSince != nil || isWithheld }
}

extension Engine {
    /// A new version takes effect for one account, at an instant up to which its time has passed.
    ///
    /// - Parameters:
    ///   - observations: what its facts come to under the new version.
    ///   - context: the new version's.
    package static func adopt(
        _ state: inout AccountState, _ adoption: Adoption, observations: Observations, now: Instant, _ context: TurnContext
    ) -> TurnResult {
        state.observations = observations
        var memo = Memo()
        var turn = Turn(state: state.taken(), memo: &memo, now: now, context)
        turn.adopt(adoption)
        let ended = turn.end()
        state = ended.state
        return ended.result
    }
}

extension Turn {
    /// Effects wait for the fence as always; an account whose clock has not begun only changes its measures.
    fileprivate mutating func adopt(_ adoption: Adoption) {
        guard state.clock != nil else { return }
        for decision in adoption.decisions(for: state.conclusions) { decide(decision) }
        guard context.workspace.isLive, !isPart else { return }
        isFenced = context.workspace.isFenced(at: now)
        conclude()
    }
}
