import TenureCore
import TenureProgramme

extension Turn {
    /// Every metric of the moment, for the day that ends: what conclusions read is known already, the rest is measured.
    mutating func dayVector() -> MetricVector {
        guard context.keepsMetrics else { return .empty }
        // A metric cannot ask for what follows from it.
        let health = snapshot.sharedHealth
        snapshot.sharedHealth = nil
        measureAll()
        snapshot.sharedHealth = health
        return snapshot.vector
    }
}

extension Snapshot {
    /// Every metric of the programme itself, in the order of `dayMetrics`.
    package var vector: MetricVector { MetricVector(programme.dayMetrics.lazy.map { readings[$0] }) }
}
