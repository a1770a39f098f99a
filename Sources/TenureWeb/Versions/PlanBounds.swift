import Foundation
package import TenureCore

/// What a change of the programme may cost at most: for a build that must not go on beyond it.
package struct PlanBounds: Sendable {
    /// By how many percent the alerts of the recorded past may rise; nil: by any.
    package var alertsMaxRise: Double?
    /// By how many points of percent the share of customers may fall that were warned in time; nil: by any.
    package var recallMaxFall: Double?

    package init(alertsMaxRise: Double? = nil, recallMaxFall: Double? = nil) {
        self.alertsMaxRise = alertsMaxRise
        self.recallMaxFall = recallMaxFall
    }

    /// Each bound that a plan breaks, and by how much.
    package func broken(by plan: JSON) -> [String] {
        let outcomes = PlanOutcomes(plan)
        return [alertsMaxRise.flatMap { rise($0, outcomes) }, recallMaxFall.flatMap { fall($0, outcomes) }].compactMap { $0 }
    }

    /// Bounds that a plan has nothing to hold against.
    package func untold(by plan: JSON) -> [String] {
        guard recallMaxFall != nil, PlanOutcomes(plan).judged == 0 else { return [] }
        return [
            "No customer gave notice whom alerts could have warned 60 days before: --recall-max-fall says nothing. "
                + "Begin further back with --since."
        ]
    }

    private func rise(_ max: Double, _ outcomes: PlanOutcomes) -> String? {
        let (was, next) = outcomes.alerts
        guard Double(next - was) * 100 > max * Double(was) + Self.slack else { return nil }
        let by = was == 0 ? "" : " by \(Self.words(100 * Double(next - was) / Double(was))) %"
        return "Alerts would rise\(by), from \(was) to \(next): --alerts-max-rise allows \(Self.words(max)) %."
    }

    private func fall(_ max: Double, _ outcomes: PlanOutcomes) -> String? {
        let (was, next) = outcomes.warned
        guard outcomes.judged > 0 else { return nil }
        let points = 100 * Double(was - next) / Double(outcomes.judged)
        guard points > max + Self.slack else { return nil }
        return "Customers warned in time would fall by \(Self.words(points)) points, from \(was) to \(next) of "
            + "\(outcomes.judged): --recall-max-fall allows \(Self.words(max))."
    }

    /// A third is no whole number of points.
    private static let slack = 1e-9

    private static func words(_ number: Double) -> String {
        number == number.rounded() ? String(format: "%.0f", number) : String(format: "%.1f", number)
    }
}

/// The few numbers of a plan that bounds are held against.
private struct PlanOutcomes {
    let alerts: (was: Int64, next: Int64)
    let warned: (was: Int64, next: Int64)
    let judged: Int64

    init(_ plan: JSON) {
        let all = plan.object?["past"]?.object?["outcomes"]?.object
        let number = { (side: String, key: String) in all?[side]?.object?[key]?.int ?? 0 }
        alerts = (number("recorded", "alerts"), number("replayed", "alerts"))
        warned = (number("recorded", "warned_60_days_before"), number("replayed", "warned_60_days_before"))
        judged = number("recorded", "notices_judged")
    }
}
