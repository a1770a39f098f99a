import TenureCore
import TenureEngine
package import TenureProgramme

/// An account as it stands now beside how people saw it when the week began.
package struct OverviewAccount: Sendable {
    package let row: AccountRow
    /// Place among the model's bands, best first; nil: too little was known.
    package let bandThen: Int?
    /// It leaves, or its band is an alarming one.
    package let isAtRisk: Bool
    let wasAtRisk: Bool

    /// - Parameter alarms: of each band of the model, whether its accounts are at risk.
    init(_ row: AccountRow, _ chronicle: AccountChronicle?, alarms: [Bool], since then: Instant) {
        func isAlarming(_ band: Int?) -> Bool { band.map { alarms.indices.contains($0) && alarms[$0] } ?? false }
        let now = row.report.bandPlace
        let before = chronicle.map { $0.band(before: then, now: now) } ?? now
        self.row = row
        bandThen = before
        isAtRisk = row.notice != nil || isAlarming(now)
        wasAtRisk = row.notice.map { $0.version.recorded < then } ?? false || isAlarming(before)
    }

    /// It gave notice as a whole, and has not left yet.
    package var isLeaving: Bool { row.notice != nil }

    /// How many bands it lost since then: above nothing it got worse, below it recovered; nil: it was or is unknown.
    package var bandsLost: Int? {
        guard let now = row.report.bandPlace, let bandThen else { return nil }
        return now - bandThen
    }
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

extension Array {
    /// From the largest number to the smallest; of the same number the first id first. Only numbers are moved around.
    func largestFirst(_ number: (Element) -> Int64, _ id: (Element) -> AccountID) -> [Element] {
        let numbered = enumerated().map { (number: number($1), place: $0) }
        let sorted = numbered.sorted { left, right in
            left.number != right.number ? left.number > right.number : id(self[left.place]) < id(self[right.place])
        }
        return sorted.map { self[$0.place] }
    }
}
