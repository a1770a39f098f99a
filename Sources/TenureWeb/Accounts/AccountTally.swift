import TenureCore
import TenureInsight
import TenureProgramme

/// How many accounts have each band, and who holds them: counted in one walk.
struct AccountTally: Sendable {
    /// By the place of the band among the model's.
    private(set) var bands: [Int]
    private(set) var unknown = 0
    /// In byte order.
    let owners: [String]

    init(_ slots: [Int], _ table: AccountTable, _ model: HealthModel) {
        bands = model.bands.map { _ in 0 }
        var holds = Array(repeating: false, count: table.people.names.count)
        for slot in slots {
            let figures = table.figures[slot]
            let place = figures.band.map { Int($0) } ?? bands.count
            if place < bands.count { bands[place] += 1 } else { unknown += 1 }
            if let owner = figures.owner { holds[Int(owner)] = true }
        }
        owners = zip(table.people.names, holds).filter(\.1).map(\.0).sorted { precedes($0, $1) }
    }
}
