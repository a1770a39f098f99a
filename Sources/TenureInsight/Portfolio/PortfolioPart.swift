import TenureCore
import TenureEngine
import TenureProgramme

/// What one account brings to a figure.
package struct PortfolioPart: Hashable, Sendable {
    package var part: Double
    /// What a rate is taken of; of a median 1, and `part` are days.
    package var whole: Double
    /// Whether what a median asks for has happened.
    package var isReached = true
    /// What a quotient is multiplied by; 100 for a rate.
    package var scale = 100.0
    package var isRounded = false
}

extension PortfolioFigure {
    /// nil: the figure is not about the account, or nothing is known of it.
    func part(of state: AccountState, _ snapshot: Snapshot) -> PortfolioPart? {
        switch source {
        case .activeWeekly: state.observations.hasActiveMembers(inDays: 7, upTo: snapshot.today).map { Self.vote($0) }
        case .advancedAdopters:
            state.observations.uses(features: Self.advanced(snapshot.programme), inDays: 30, upTo: snapshot.today).map { Self.vote($0) }
        case .having(let name): snapshot.value(name).map { Self.vote($0 > 0) }
        case .pooled(let name): snapshot.pooled(name)
        case .portion(let name, let other): snapshot.portion(name, other)
        case .sum(let name): snapshot.value(name).flatMap { $0 == 0 ? nil : PortfolioPart(part: $0, whole: 0) }
        case .median(let name): snapshot.days(name)
        case .plays(let measure, let play):
            PlayTally(state.conclusions.plays.filter { play == nil || isSame($0.play, play ?? "") }, now: snapshot.now).part(measure)
        }
    }

    private static func advanced(_ programme: CompiledProgramme) -> [Int] {
        programme.programme.features.filter(\.isAdvanced).compactMap { feature in
            programme.layout.features.firstIndex { isSame($0, feature.id) }
        }
    }

    private static func vote(_ does: Bool) -> PortfolioPart { PortfolioPart(part: does ? 1 : 0, whole: 1) }
}

extension Snapshot {
    fileprivate func value(_ name: String) -> Double? {
        programme.metricPlan(name).flatMap { reading(of: $0.reference) }?.value
    }

    fileprivate func pooled(_ name: String) -> PortfolioPart? {
        guard let plan = programme.metricPlan(name) else { return nil }
        return share(of: plan.reference).map {
            PortfolioPart(part: $0.part, whole: $0.whole, scale: $0.scale, isRounded: $0.isRounded)
        }
    }

    fileprivate func portion(_ name: String, _ other: String) -> PortfolioPart? {
        guard let part = value(name), let rest = value(other), part + rest > 0 else { return nil }
        return PortfolioPart(part: part, whole: part + rest)
    }

    /// The days until it happened. Where that is unknown, the first metric that it is computed from is the wait so far:
    /// a time from one event to another is the age of the first less that of the second.
    fileprivate func days(_ name: String) -> PortfolioPart? {
        if let days = value(name) { return PortfolioPart(part: days, whole: 1) }
        guard let plan = programme.metricPlan(name),
            let age = Feeds.inputs(of: plan.metric.measure, in: programme.programme).first, let wait = value(age.text)
        else { return nil }
        return PortfolioPart(part: wait, whole: 1, isReached: false)
    }
}
