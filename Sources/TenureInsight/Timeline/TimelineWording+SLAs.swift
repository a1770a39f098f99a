import TenureCore
import TenureEngine
import TenureProgramme

extension TimelineWording {
    func text(_ decision: SLADecision) -> Text {
        let (clock, name) = (decision.clock, name(decision.clock.id))
        return switch decision {
        case .started: ("Clock started: \(name)", promise(clock))
        case .retargeted: ("Target changed: \(name)", promise(clock))
        case .paused: ("Clock waits: \(name)", clock.pausedSince.map { "since \(time($0))" } ?? "")
        case .resumed: ("Clock goes on: \(name)", promise(clock))
        case .breached: ("Target missed: \(name)", promise(clock))
        case .excused: ("Target not missed after all: \(name)", "what was told late says so; \(promise(clock))")
        case .ended: ("\(verdict(clock)): \(name)", ending(clock))
        case .reopened: ("Clock goes on: \(name)", "it was reopened; \(promise(clock))")
        case .corrected: ("\(verdict(clock)) after all: \(name)", "what was told late says so; \(ending(clock))")
        case .dropped: ("Clock dropped: \(name)", "what it was about was taken back, or is promised no more")
        }
    }

    private func name(_ id: ClockID) -> String {
        let plan = programme.slaPlan(id.sla)
        return "\(plan?.clock(id.clock)?.clock.title ?? id.clock) of \(plan?.kind.title ?? id.sla) \(id.key)"
    }

    private func promise(_ clock: ClockState) -> String {
        guard let target = clock.target, let due = clock.due else { return "no target defined" }
        return "within \(target.within.text), due \(time(due))"
    }

    private func verdict(_ clock: ClockState) -> String {
        switch clock.isMet {
        case true?: "In time"
        case false?: "Too late"
        case nil: "Ended without a target"
        }
    }

    private func ending(_ clock: ClockState) -> String {
        let ended = clock.ended.map { "ended \(time($0))" } ?? ""
        return clock.target == nil ? ended : "\(ended), \(promise(clock))"
    }
}
