import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// What became of a day's numbers, on its page.
struct RecomputationCard {
    let summary: String
    /// Numbers that differ without a reason.
    let error: String?
    let rows: [Row]
    let hasRows: Bool
    let remarks: [String]

    struct Row {
        let title: String
        /// Where the number of that day is explained.
        let link: String
        let then: String
        let now: String
        let because: String
        let facts: [FactLine]
        let more: String?
    }

    struct FactLine {
        let title: String
        let occurred: String
        let way: String
        let id: String
    }

    init(summary: String, error: String?, rows: [Row], remarks: [String]) {
        self.summary = summary
        self.error = error
        self.rows = rows
        hasRows = !rows.isEmpty
        self.remarks = remarks
    }
}

extension RecomputationCard {
    init(_ again: Recomputation, _ past: PastDay, _ account: String) {
        let same = again.lines.count { $0.verdict == .same }
        self.init(
            summary: Self.summary(same: same, revised: again.revised.count), error: Self.error(again),
            rows: again.revised.map { Row($0, past, account) }, remarks: Self.remarks(again))
    }

    private static func summary(same: Int, revised: Int) -> String {
        let numbers = Wording.plural(same + revised, "number", "numbers")
        let begin = "Folded anew from all facts that are known by now,"
        return revised == 0 ? "\(begin) all \(numbers) are the same." : "\(begin) \(same) of \(numbers) are the same, \(revised) were revised."
    }

    private static func error(_ again: Recomputation) -> String? {
        guard again.isUnexplained else { return nil }
        let titles = again.lines.filter { $0.verdict == .unexplained }.map(\.title).joined(separator: ", ")
        return "An error of ours: the facts that were known then do not give what was kept, and nothing that came since "
            + "explains it. Please report it with the account's id and the day. Concerned: \(titles)."
    }

    private static func remarks(_ again: Recomputation) -> [String] {
        var remarks: [String] = []
        if !again.changes.isEmpty {
            let facts = Wording.plural(again.changes.count, "fact", "facts")
            remarks.append("\(facts) of the time up to this day came, or went, after it was closed.")
        }
        if again.tooLateCount > 0 {
            remarks.append("\(again.tooLateCount) of them came more than 35 days late and count nowhere.")
        }
        let unkept = again.lines.count { $0.verdict == .notKept }
        if unkept > 0 { remarks.append("\(Wording.plural(unkept, "number was", "numbers were")) not kept on that day.") }
        return remarks
    }
}

extension RecomputationCard.Row {
    init(_ line: Recomputation.Line, _ past: PastDay, _ account: String) {
        let text = DayNumberText(past.programme, line.number)
        title = line.title
        if case .metric(let name) = line.number {
            link = Links.metric(account, name, on: past.close.day)
        } else {
            link = "#made-of"
        }
        then = line.then.map(text.words) ?? "not kept"
        now = line.now.map(text.words) ?? "unknown"
        var changes: [FactChange] = []
        switch line.verdict {
        case .revised(let found):
            changes = found
            because = "facts that came or went since:"
        case .spoke(let sources):
            because = "a source that was silent for everybody has told of that time since: \(sources.joined(separator: ", "))"
        case .unexplained: because = "no reason found"
        case .same, .notKept: because = ""
        }
        facts = changes.prefix(Recomputation.namedMax).map { .init($0, past) }
        let rest = changes.count - facts.count
        more = rest > 0 ? "and \(Wording.plural(rest, "more", "more"))" : nil
    }
}

extension RecomputationCard.FactLine {
    init(_ change: FactChange, _ past: PastDay) {
        let types = past.programme.programme.events
        title = types.first { isSame($0.type, change.fact.type) }?.title ?? change.fact.type
        occurred = Wording.instant(change.fact.occurred, past.zone)
        id = change.fact.id
        let told = Wording.instant(change.told, past.zone)
        switch change.way {
        case .cameLate: way = "came on \(told)"
        case .takenBack: way = "taken back on \(told)"
        case .corrected: way = "came on \(told) in the place of another"
        }
    }
}

/// A number of a day in words.
struct DayNumberText {
    private let programme: CompiledProgramme
    private let number: DayNumber

    init(_ programme: CompiledProgramme, _ number: DayNumber) {
        self.programme = programme
        self.number = number
    }

    func words(_ value: DayNumber.Value) -> String {
        switch value {
        case .points(let nano): nano.map { Wording.nanoPoints($0) } ?? "unknown"
        case .percent(let micros): Wording.number(Double(micros) / 1_000_000) + " %"
        case .band(let place): programme.band(at: place)?.title ?? "unknown"
        case .limits(let caps): caps.isEmpty ? "none" : caps.compactMap { programme.cap(at: $0.cap)?.title }.joined(separator: ", ")
        case .component(let reading): component(reading)
        case .group(let reading): reading.pointsNano.map { points($0, weight: reading.weightNano) } ?? "unknown"
        case .metric(let value): "\(metric(value)), n = \(value.sample)"
        }
    }

    private func component(_ reading: ComponentReading) -> String {
        guard let nano = reading.pointsNano else { return "unknown: \(reading.unknown?.words ?? "no data yet")" }
        return points(nano, weight: reading.weightNano)
    }

    private func points(_ nano: Int64, weight: Int64) -> String {
        "\(Wording.nanoPoints(nano)) points, weight \(Wording.number(Double(weight) / 1e7, places: 2)) %"
    }

    private func metric(_ value: MetricValue) -> String {
        guard case .metric(let name) = number, value.micros != nil else { return "unknown: \(value.unknown?.words ?? "")" }
        return value.text(programme.metricPlan(name)?.metric.unit, programme.programme.currency)
    }
}
