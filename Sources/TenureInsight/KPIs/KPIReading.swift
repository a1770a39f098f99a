package import TenureProgramme

/// A KPI now and some weeks before, and what follows from its definition.
package struct KPIReading: Hashable, Sendable {
    package let kpi: KPI
    package let now: KPIValue
    /// At the close of the day so many days ago as the KPI says.
    package let then: KPIValue

    package init(_ kpi: KPI, now: KPIValue, then: KPIValue) {
        self.kpi = kpi
        self.now = now
        self.then = then
    }

    package var value: Double? { now.value }
    package var band: KPIBand? { kpi.band(of: now.value) }
    /// nil: there is no target, or the value is unknown.
    package var isOnTarget: Bool? { kpi.isOnTarget(now.value) }
    /// nil: one of the values is unknown.
    package var trend: KPITrend? { kpi.trend(from: then.value, to: now.value) }
    package var judgement: KPIJudgement { kpi.judgement(of: now.value, was: then.value) }
}
