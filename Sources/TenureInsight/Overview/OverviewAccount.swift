import TenureCore
package import TenureProgramme

/// How an account stands now and how people saw it when the week began, as plain values.
struct Standing: Sendable {
    let band: Int?
    /// Place among the model's bands, best first; nil: too little was known.
    let bandThen: Int?
    let isAtRisk: Bool
    let wasAtRisk: Bool

    /// - Parameter alarms: of each band of the model, whether its accounts are at risk.
    init(_ figures: RowFigures, _ past: BandThen, alarms: [Bool], since then: Instant) {
        func isAlarming(_ band: Int?) -> Bool { band.map { alarms.indices.contains($0) && alarms[$0] } ?? false }
        band = figures.band.map { Int($0) }
        bandThen = past.place(now: band)
        isAtRisk = figures.isLeaving || isAlarming(band)
        wasAtRisk = figures.noticed.map { $0 < then } ?? false || isAlarming(bandThen)
    }

    /// How many bands it lost since then: above nothing it got worse, below it recovered; nil: it was or is unknown.
    var bandsLost: Int? { band.flatMap { now in bandThen.map { now - $0 } } }
}

/// An account as it stands now beside how people saw it when the week began.
package struct OverviewAccount: Sendable {
    package let row: AccountRow
    let standing: Standing

    /// Place among the model's bands, best first; nil: too little was known.
    package var bandThen: Int? { standing.bandThen }
    /// It leaves, or its band is an alarming one.
    package var isAtRisk: Bool { standing.isAtRisk }
    var wasAtRisk: Bool { standing.wasAtRisk }
    /// It gave notice as a whole, and has not left yet.
    package var isLeaving: Bool { row.notice != nil }
}

extension HealthModel {
    /// Of each band, best first, whether its accounts are at risk.
    var alarms: [Bool] { bands.map(\.isAlarming) }

    /// The band at a place; nil: too little was known.
    package func band(at place: Int?) -> HealthBand? { place.flatMap { bands.indices.contains($0) ? bands[$0] : nil } }
}

extension HealthBand {
    /// Whether accounts of the band are at risk.
    package var isAlarming: Bool { tone == .warning || tone == .critical }
}
