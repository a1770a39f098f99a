import TenureCore
package import TenureEngine
package import TenureProgramme

/// What is rolled up: the score, a number among the account's fields, or one of its metrics.
package enum PortfolioMeasure: Hashable, Sendable {
    case score
    /// What the account pays a year, as reports of revenue count it.
    case arr
    case field(String)
    case metric(MetricReference)

    /// nil: the programme has nothing of this name.
    package init?(_ name: String, _ programme: CompiledProgramme) {
        if name == "health.score" || name == "score" {
            self = .score
        } else if name == "arr" {
            self = .arr
        } else if let field = programme.programme.accountField(name), field.isNumber {
            self = .field(name)
        } else if let plan = programme.metricPlan(name) {
            self = .metric(plan.reference)
        } else {
            return nil
        }
    }

    /// Every name that can be rolled up.
    package static func names(_ programme: CompiledProgramme) -> [String] {
        let fields = programme.programme.everyAccountField.filter { $0.isNumber && $0.id != "arr" }
        return ["health.score", "arr"] + fields.map(\.id) + programme.metrics.map(\.reference.text)
    }

    /// - Parameter snapshot: asked for what the row does not have; nil: the account is gone.
    package func value(of row: AccountRow, _ snapshot: () -> Snapshot?) -> Double? {
        switch self {
        case .score: row.report.score.map { Double($0) }
        case .arr: row.arr.hundredths.map { Double($0) / 100 }
        case .field(let name): snapshot()?.observations.profile[name]?.number
        case .metric(let reference): snapshot()?.reading(of: reference)?.value
        }
    }
}
