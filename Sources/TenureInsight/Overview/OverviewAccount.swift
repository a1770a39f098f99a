import TenureCore
import TenureEngine
package import TenureProgramme

/// An account as it stands now beside how people saw it when the week began.
package struct OverviewAccount: Sendable {
    package let row: AccountRow
    /// nil: too little was known.
    package let bandThen: HealthBand?
    /// It gave notice as a whole, and has not left yet.
    package let isLeaving: Bool
    private let wasLeaving: Bool
    private let bands: (now: Int?, then: Int?)

    init(_ row: AccountRow, _ chronicle: AccountChronicle?, _ model: HealthModel, since then: Instant) {
        self.row = row
        let now = row.report.band.flatMap { band in model.bands.firstIndex { $0.id == band.id } }
        let before = chronicle.map { $0.band(before: then, now: now) } ?? now
        bands = (now, before)
        bandThen = before.flatMap { model.bands.indices.contains($0) ? model.bands[$0] : nil }
        isLeaving = row.notice != nil
        wasLeaving = row.notice.map { $0.version.recorded < then } ?? false
    }

    package var isAtRisk: Bool { isLeaving || (row.report.band?.isAlarming ?? false) }
    var wasAtRisk: Bool { wasLeaving || (bandThen?.isAlarming ?? false) }

    /// How many bands it lost since then: above nothing it got worse, below it recovered; nil: it was or is unknown.
    package var bandsLost: Int? {
        guard let now = bands.now, let then = bands.then else { return nil }
        return now - then
    }
}

extension HealthBand {
    /// Whether accounts of the band are at risk.
    package var isAlarming: Bool { tone == .warning || tone == .critical }
}
