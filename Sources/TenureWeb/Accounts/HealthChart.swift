import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// Ninety days of health over the edges of the bands, with what was raised and started, and a way to any other day.
struct HealthChart {
    let line: LineChart
    /// Where a form asks for any day, and up to which there are some.
    let daysAction: String
    let lastDay: String
    /// Why days are missing.
    let absences: [AbsenceLine]

    struct AbsenceLine {
        let words: String
        let link: String
    }
}

extension HealthChart {
    static let days: Int32 = 90

    /// - Parameter events: of the account; those of other days are left out.
    init(_ snapshot: Snapshot, events: [LineChart.Event], absences: [Absence]) {
        let (today, id) = (snapshot.today, snapshot.account.text)
        let closed = snapshot.conclusions.health.daily.filter { $0.day < today }
        let points =
            closed.map { LineChart.Point($0.day, $0.scoreNano, link: Links.day(id, $0.day)) }
            + [LineChart.Point(today, snapshot.health?.scoreNano, link: Links.account(id) + "#made-of")]
        let days = (today + -Self.days)...today
        line = LineChart(
            id: "chart", title: "Health over 90 days", summary: LineChart.summary(points.filter { days.contains($0.day) }),
            points: points, days: days, scale: ChartScale(low: 0, high: 100, pixels: LineChart.size.plotHeight),
            edges: snapshot.programme.programme.health.bands.filter { $0.from > 0 }.map { band in
                (Double(band.from), "\(band.title) from \(band.from)")
            }, events: events)
        daysAction = Links.days(id)
        lastDay = (today + -1).text
        self.absences = absences.filter { $0.days.upperBound > days.lowerBound }.map {
            AbsenceLine(words: "No days of its own: \($0.words)", link: Links.account($0.survivor.text))
        }
    }
}

extension LineChart.Point {
    fileprivate init(_ day: Day, _ scoreNano: Int64?, link: String) {
        self.init(
            day: day, value: scoreNano.map { Double($0) / Double(nano) },
            text: scoreNano.map { String(roundedHalfUp($0)) } ?? "unknown", link: link)
    }
}

extension LineChart.Event {
    private static let decisionsMax = 500

    /// What was raised and started, from the newest decisions: of an account with very many, only its latest weeks.
    static func all(of history: HealthHistory) async throws -> [LineChart.Event] {
        let page = try await TimelinePage(history.account, before: nil, limit: decisionsMax, in: history.workspace)
        let zone = history.snapshot.zone
        return page.entries.compactMap { row in
            kinds[row.entry.kind].map { LineChart.Event(day: zone.day(at: row.entry.at), title: row.entry.title, kind: $0) }
        }
    }

    /// By the kind of a decision.
    private static let kinds: [String: Kind] = ["signalRaised": .raised, "playStarted": .started]
}

extension Sparkline {
    private static let days: Int32 = 28

    /// Four weeks of an account's score up to the end of a day.
    init?(_ daily: [HealthConclusions.DailyScore], to last: Day) {
        let days = (last + -Self.days + 1)...last
        let shown = daily.filter { days.contains($0.day) }
        guard let first = shown.first?.day else { return nil }
        let known = Dictionary(shown.map { ($0.day, $0.scoreNano) }) { _, later in later }
        let values = (0...(last - first)).map { step in (known[first + step] ?? nil).map { Double($0) / Double(nano) } }
        let scores = values.compactMap { $0.map { String(Int($0.rounded())) } }
        let (lowest, highest) = (values.compactMap(\.self).min() ?? 0, values.compactMap(\.self).max() ?? 100)
        // At least twenty points high, so that a point or two do not look like a fall.
        let air = max(0, 20 - (highest - lowest)) / 2
        self.init(
            values, low: lowest - air, high: highest + air,
            title: "Health over \(values.count) days, from \(scores.first ?? "unknown") to \(scores.last ?? "unknown")")
    }
}
