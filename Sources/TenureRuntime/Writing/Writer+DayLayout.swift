import TenureEngine
import TenureStore

/// What the places of a day's metrics mean under a programme, and whether the store knows it for certain.
struct DayLayout: Sendable {
    let programme: CompiledProgramme
    let row: MetricLayout
    var isKept = false
}

extension Writer {
    /// The layout of the running programme: the one of these very names, or a new one.
    mutating func findDayLayout() throws {
        guard dayLayout?.programme !== programme else { return }
        let names = programme.dayMetricNames
        let known = try store.metricLayouts()
        let row = known.first { $0.names == names } ?? MetricLayout(number: (known.last?.number ?? 0) + 1, names: names)
        dayLayout = DayLayout(programme: programme, row: row)
    }

    /// With the first days that it names; again after each start, since a commit may have been derived and thrown away.
    func keepDayLayout(into commit: inout Commit) {
        guard let dayLayout, !dayLayout.isKept, !commit.dailies.isEmpty else { return }
        commit.metricLayouts = [dayLayout.row]
    }

    mutating func noteDayLayout(_ commit: Commit) {
        if !commit.metricLayouts.isEmpty { dayLayout?.isKept = true }
    }
}
