import TenureEngine
import TenureInsight
import TenureProgramme

/// KPIs of a test: those over several accounts are taken over the one that the test has.
extension ScenarioRun {
    func kpiMismatch(_ day: Int, _ id: String, _ value: Double?, _ tolerance: Double, _ wanted: KPIJudgement) -> String? {
        guard let kpi = programme.programme.kpi(id), let reading = reading(of: kpi, endOf: day) else {
            return "there is no KPI \(id)"
        }
        guard let found = reading.value else { return value == nil ? missing(reading.judgement, wanted) : "unknown" }
        guard let value, abs(value - found) <= max(tolerance, 1e-9) else { return "\(found)" }
        return missing(reading.judgement, wanted)
    }

    func judgementMismatch(_ id: String, _ value: Double, _ earlier: Double?, _ wanted: KPIJudgement) -> String? {
        guard let kpi = programme.programme.kpi(id) else { return "there is no KPI \(id)" }
        return missing(kpi.judgement(of: value, was: earlier), wanted)
    }

    /// nil: nothing, or that the days cannot be read back.
    private func reading(of kpi: KPI, endOf day: Int) -> KPIReading? {
        guard let state, let snapshot = snapshot(endOf: day) else { return nil }
        let reader = KPIReader(store: store, programme: programme, now: end(of: day))
        return try? reader.readings([kpi], of: [state], [KPIMetrics(snapshot, kpi.metrics)]).readings.first
    }

    /// What is said otherwise than wanted; what nobody wants to know is left out.
    private func missing(_ found: KPIJudgement, _ wanted: KPIJudgement) -> String? {
        let isFound =
            (wanted.band == nil || wanted.band == found.band) && (wanted.isOnTarget == nil || wanted.isOnTarget == found.isOnTarget)
            && (wanted.trend == nil || wanted.trend == found.trend)
        return isFound ? nil : "it is " + found.words.dropFirst(2)
    }
}

extension KPIJudgement {
    /// `, band good, on target, improving`
    var words: String {
        let target = isOnTarget.map { $0 ? "on target" : "off target" }
        return [band.map { "band \($0)" }, target, trend?.rawValue].compactMap { $0.map { ", " + $0 } }.joined()
    }
}
