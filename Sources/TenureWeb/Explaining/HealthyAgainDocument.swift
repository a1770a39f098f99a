package import TenureCore
package import TenureEngine
package import TenureInsight
package import TenureProgramme

extension HealthyAgain {
    /// null once the band is reached.
    package func document(_ model: HealthModel) -> JSON {
        guard !isReached else { return .null }
        return [
            "band": .string(band.id), "title": .string(band.title), "from": JSON(target),
            "limited_by": .array(limitedBy.map { .string($0) }),
            "changes": .array(ways.map { $0.document(model) }),
            "not_by_one_alone": .array(lines.filter { $0.way == .notByOneAlone }.map { .string($0.id) }),
        ]
    }
}

extension HealthyAgain.Line {
    fileprivate func document(_ model: HealthModel) -> JSON {
        guard case .points(let points, let value, let score) = way else { return .null }
        return [
            "id": .string(id), "title": .string(title), "unit": JSON(unit?.rawValue),
            "value_now": self.value.map { .double($0) } ?? .null,
            "points_now": pointsNano.map { .double(Double($0) / Double(nano)) } ?? .null,
            "value": value.map { .double($0) } ?? .null, "points": .double(Double(points) / Double(nano)),
            "score": JSON(score), "band": JSON(model.band(ofScore: score)?.id),
        ]
    }
}

extension HealthModel {
    /// nil: below every band.
    func band(ofScore score: Int) -> HealthBand? { bands.first { score >= $0.from } }
}

extension Snapshot {
    /// What would bring the account to the next band within reach; null where it is there, or has no model.
    package var wayBack: JSON { HealthyAgain.nearest(self)?.document(programme.programme.health) ?? .null }
}
