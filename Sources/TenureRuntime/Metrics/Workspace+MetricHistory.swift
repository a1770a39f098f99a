package import TenureCore
import TenureInsight
package import TenureProgramme
import TenureStore

/// A metric at the close of a day.
package struct MetricDay: Hashable, Sendable {
    package let day: Day
    /// nil: unknown.
    package let value: Double?
}

extension Workspace {
    /// A metric at the close of each day that kept it, ascending.
    package func history(
        of reference: MetricReference, account: AccountID, days: ClosedRange<Day>
    ) async throws -> [MetricDay] {
        try await read { store in
            let places = DayPlaces(try store.metricLayouts(), [reference])
            let kept = try store.dailies(account: account, days: days).compactMap { row -> MetricDay? in
                guard let close = row.close, let metrics = try places.metrics(of: account, close) else { return nil }
                return MetricDay(day: row.day, value: metrics[reference])
            }
            return kept.sorted { $0.day < $1.day }
        }
    }
}
