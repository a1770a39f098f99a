package import TenureProgramme

/// A figure of all accounts together that is not money. Each is a sum over accounts, one such sum over
/// another, or a median of them: so every figure opens into its accounts, and any group of accounts has the same figures.
package struct PortfolioFigure: Sendable {
    /// Stable: part of addresses and of the API.
    package let id: String
    package let title: String
    /// One sentence for who asks what the number means.
    package let meaning: String
    package let formula: String
    /// The days that it looks at, in words.
    package let window: String
    package let unit: Unit
    /// Ids of requirements that it meets.
    package let requirements: RequirementIDs
    package let source: Source

    /// `score` is a number of its own scale; `days` a median.
    package enum Unit: String, Hashable, Sendable { case percent, count, score, days }

    package enum Source: Hashable, Sendable {
        case activeWeekly, advancedAdopters
        /// Accounts of which a metric is above nothing, of those of which it is known.
        case having(String)
        /// What a metric is a quotient of, added up over accounts.
        case pooled(String)
        /// One metric, of it and another.
        case portion(String, andOther: String)
        case sum(String)
        /// Until something happened; an account to which it has not yet happened counts as waiting, and not as absent.
        case median(String)
        /// nil: of every play.
        case plays(PlayMeasure, of: String?)
    }

    package enum PlayMeasure: Hashable, Sendable { case running, completed, stepsInTime }

    /// Metrics without which it says nothing.
    package var metrics: [String] {
        switch source {
        case .activeWeekly, .advancedAdopters, .plays: []
        case .having(let name), .pooled(let name), .sum(let name), .median(let name): [name]
        case .portion(let name, let other): [name, other]
        }
    }
}

extension PortfolioFigure {
    /// The same of one play.
    package func of(play: String) -> PortfolioFigure? {
        guard case .plays(let measure, _) = source else { return nil }
        return PortfolioFigure(
            id: id, title: title, meaning: meaning, formula: formula, window: window, unit: unit, requirements: requirements,
            source: .plays(measure, of: play))
    }
}
