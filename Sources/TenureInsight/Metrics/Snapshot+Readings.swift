package import TenureEngine
package import TenureProgramme

extension Snapshot {
    /// nil: the programme has no such metric.
    package func reading(of reference: MetricReference) -> MetricReading? { programme.metric(reference).map { readings[$0] } }
}
