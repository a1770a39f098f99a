import TenureEngine
import TenureProgramme

/// The score that an account would have with other points of one component, everything else as it was read.
struct WhatIfScore: Sendable {
    let reading: HealthReading
    let model: HealthModel
    /// Caps that hold as things are.
    let caps: [HealthCap]

    /// nil: too little would be known.
    func scoreNano(component: Int, pointsNano: Int64) -> Int64? {
        var points = reading.components.map(\.pointsNano)
        guard points.indices.contains(component) else { return nil }
        points[component] = pointsNano
        let groups = groupPoints(points)
        guard coverageMicros(points, groups) >= Int64(model.coverageFloor) * 1_000_000 else { return nil }
        let known = zip(model.groups, groups).compactMap { group, points in points.map { (group.weight, $0) }
        }
        guard let raw = mean(known) else { return nil }
        return caps.reduce(raw) { min($0, Int64($1.pointsMax) * nano) }
    }

    private func groupPoints(_ points: [Int64?]) -> [Int64?] {
        var start = 0
        return model.groups.enumerated().map { number, group in
            let range = start..<start + group.components.count
            start = range.upperBound
            if reading.groups[number].isJudged { return reading.groups[number].pointsNano }
            let parts = zip(group.components, points[range]).compactMap { part, points in
                points.map { (part.weight, $0) }
            }
            let (known, whole) = (weight(parts.map(\.0)), weight(group.components.map(\.weight)))
            return known * 100 >= Int128(model.groupCoverageFloor) * whole ? mean(parts) : nil
        }
    }

    private func coverageMicros(_ points: [Int64?], _ groups: [Int64?]) -> Int64 {
        var start = 0
        var sum: Int128 = 0
        for (number, group) in model.groups.enumerated() {
            let range = start..<start + group.components.count
            start = range.upperBound
            guard groups[number] != nil else { continue }
            let all = weight(group.components.map(\.weight))
            let known = weight(
                zip(group.components, points[range]).compactMap { $1 == nil ? nil : $0.weight })
            let whole = Int128(group.weight) * 100_000_000
            sum += reading.groups[number].isJudged || all == 0 ? whole : whole * known / all
        }
        let total = weight(model.groups.map(\.weight))
        return total == 0 ? 0 : Int64(truncatingIfNeeded: sum / total)
    }

    private func weight(_ weights: [Int64]) -> Int128 { weights.reduce(0) { $0 + Int128($1) } }

    /// Σ weight·points / Σ weight, rounded half up to a billionth, as the engine does.
    private func mean(_ parts: [(Int64, Int64)]) -> Int64? {
        let whole = weight(parts.map(\.0))
        let sum = parts.reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) }
        return whole == 0 ? nil : Int64(truncatingIfNeeded: (2 * sum + whole) / (2 * whole))
    }
}
