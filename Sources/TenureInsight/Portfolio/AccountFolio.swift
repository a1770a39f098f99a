package import TenureCore
package import TenureEngine
import TenureProgramme

/// What portfolios count of one account as of one of its commits: measured once, and kept with its row.
package final class AccountFolio: Sendable {
    /// When it was measured.
    package let made: Instant
    package let ledger: RevenueLedger
    /// Of every KPI of the programme.
    package let kpis: KPIMetrics
    /// The same at the close of earlier days, by how many days before; a day that was not kept is not in it.
    package let kpisThen: [Int: KPIMetrics]
    private let parts: [Part]

    private struct Part: Sendable {
        let figure: UInt8
        /// Place among the programme's plays; -1: of all plays.
        let play: Int16
        let part: PortfolioPart
    }

    package init(_ state: AccountState, _ snapshot: Snapshot, kpis: KPIMetrics, then: [Int: KPIMetrics]) {
        made = snapshot.now
        ledger = state.observations.revenue
        self.kpis = kpis
        kpisThen = then
        let programme = snapshot.programme
        let own = PortfolioFigure.all.enumerated().filter { programme.keeps($1) }.compactMap { place, figure in
            figure.part(of: state, snapshot).map { Part(figure: UInt8(clamping: place), play: -1, part: $0) }
        }
        parts = own + Self.ofPlays(state, snapshot)
    }

    /// Of each play that was ever started there.
    private static func ofPlays(_ state: AccountState, _ snapshot: Snapshot) -> [Part] {
        let begun = Set(state.conclusions.plays.map { ID<AccountFolio>($0.play) })
        return snapshot.programme.programme.plays.enumerated().filter { begun.contains(ID($1.id)) }.flatMap { place, play in
            PortfolioFigure.all.enumerated().compactMap { number, figure in
                guard let figure = figure.of(play: play.id),
                    let part = figure.part(of: state, snapshot)
                else { return nil }
                return Part(figure: UInt8(clamping: number), play: Int16(clamping: place), part: part)
            }
        }
    }

    /// nil: the figure is not about the account, or nothing is known of it.
    func part(_ place: FigurePlace) -> PortfolioPart? {
        parts.first { Int($0.figure) == place.figure && Int($0.play) == place.play }?.part
    }
}

/// Where a figure's parts stand in folios.
struct FigurePlace: Sendable {
    let figure: Int
    let play: Int

    /// nil: there is no such figure, or no such play.
    init?(_ figure: PortfolioFigure, _ programme: Programme) {
        guard let place = PortfolioFigure.all.firstIndex(where: { $0.id == figure.id }) else { return nil }
        self.figure = place
        guard case .plays(_, let id?) = figure.source else {
            play = -1
            return
        }
        guard let place = programme.plays.firstIndex(where: { isSame($0.id, id) }) else { return nil }
        play = place
    }
}

extension CompiledProgramme {
    /// Whether the programme keeps what the figure is computed from.
    func keeps(_ figure: PortfolioFigure) -> Bool {
        if case .advancedAdopters = figure.source { return programme.features.contains(where: \.isAdvanced) }
        return figure.metrics.allSatisfy { metricPlan($0) != nil }
    }
}
