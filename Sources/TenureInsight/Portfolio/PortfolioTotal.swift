import TenureCore
import TenureEngine
import TenureProgramme

/// A figure over several accounts.
package struct PortfolioTotal: Hashable, Sendable {
    package let accounts: Int
    /// Sums over the accounts; of a median how many have got there, of how many.
    package let part: Double
    package let whole: Double
    /// In the figure's unit; nil: there is nothing to divide by, or fewer than half have got there.
    package let value: Double?
    /// Of a median: until when three of four had got there.
    package let quartile: Double?

    package init(_ figure: PortfolioFigure, _ parts: [PortfolioPart]) {
        accounts = parts.count
        switch figure.source {
        case .median:
            let curve = WaitingCurve(parts)
            (part, whole) = (Double(parts.count(where: \.isReached)), Double(parts.count))
            (value, quartile) = (curve.days(leaving: 0.5), curve.days(leaving: 0.25))
        case .sum, .plays(.running, _):
            part = parts.reduce(0) { $0 + $1.part }
            (whole, value, quartile) = (0, part, nil)
        case .activeWeekly, .advancedAdopters, .having, .pooled, .portion, .plays(.completed, _), .plays(.stepsInTime, _):
            (part, whole) = parts.reduce((0, 0)) { ($0.0 + $1.part, $0.1 + $1.whole) }
            let quotient = whole == 0 ? nil : (parts.first?.scale ?? 100) * part / whole
            value = parts.first?.isRounded == true ? quotient?.rounded() : quotient
            quartile = nil
        }
    }
}

/// The share that still waits after so many days (Kaplan and Meier): who has not got there is counted for as long as it
/// has waited. A mean over those who have would look better the longer the slow ones take.
struct WaitingCurve {
    private let steps: [(days: Double, waiting: Double)]

    init(_ parts: [PortfolioPart]) {
        var (steps, waiting): ([(days: Double, waiting: Double)], Double) = ([], 1)
        let days = Set(parts.filter(\.isReached).map(\.part)).sorted()
        for day in days {
            let atRisk = parts.count { $0.part >= day }
            let reached = parts.count { $0.isReached && $0.part == day }
            waiting *= 1 - Double(reached) / Double(atRisk)
            steps.append((day, waiting))
        }
        self.steps = steps
    }

    /// When no more than this share waited; a billionth is left to the last digit. nil: more do until now.
    func days(leaving share: Double) -> Double? { steps.first { $0.waiting <= share + 1e-9 }?.days }
}

extension Portfolio {
    /// What each account brings to a figure, in the order of the accounts.
    package func parts(of figure: PortfolioFigure) -> [(account: PortfolioAccount, part: PortfolioPart)] {
        guard keeps(figure), let place = FigurePlace(figure, programme.programme) else { return [] }
        return accounts.compactMap { account in account.folio.part(place).map { (account, $0) } }
    }

    package func total(of figure: PortfolioFigure) -> PortfolioTotal { PortfolioTotal(figure, parts(of: figure).map(\.part)) }

    /// Whether the programme keeps what the figure is computed from.
    package func keeps(_ figure: PortfolioFigure) -> Bool { programme.keeps(figure) }
}
