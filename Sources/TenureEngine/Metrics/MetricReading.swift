import TenureCore
import TenureProgramme

/// A metric's value at one instant, or why it has none.
package struct MetricReading: Hashable, Sendable {
    package var value: Double?
    /// Observations behind it.
    package var sample: Int64
    package var unknown: UnknownReason?

    static func known(_ value: Double, sample: Int64) -> MetricReading {
        MetricReading(value: value, sample: sample, unknown: nil)
    }

    static func unknown(_ reason: UnknownReason, sample: Int64 = 0) -> MetricReading {
        MetricReading(value: nil, sample: sample, unknown: reason)
    }
}
