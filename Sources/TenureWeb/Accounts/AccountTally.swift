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

    init(_ rows: [AccountRow], _ model: HealthModel) {
        bands = model.bands.map { _ in 0 }
        var names: Set<ID<AccountTally>> = []
        for row in rows {
            if let place = row.report.bandPlace, bands.indices.contains(place) { bands[place] += 1 } else { unknown += 1 }
            if let owner = row.report.owner { names.insert(ID(owner)) }
        }
        owners = names.sorted().map(\.text)
    }
}
