import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

/// `09:05` of minutes since midnight.
func wallTime(_ minute: Int) -> String {
    [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
}

/// What stands beside an expectation: times, weights, and what people promise one another.
extension ScenarioRun {
    func again(_ days: [Int], _ wanted: Int) -> String? {
        guard days.count > 1 else { return days.isEmpty ? "never at all" : "only on day \(days[0])" }
        return days[1] == wanted ? nil : "again on day \(days[1])"
    }

    func runningMismatch(_ id: String) -> String? {
        guard let play = state?.conclusions.plays.last(where: { $0.play == id }) else { return "it never started" }
        return play.ended.map { "it ended as \($0.outcome)" }
    }

    func otherTime(_ instant: Instant?, _ minute: Int) -> String? {
        guard let instant else { return "never" }
        let midnight = zone.instant(day: zone.day(at: instant))
        let found = Int((instant - midnight) / Milliseconds.minute)
        return found == minute ? nil : "at \(wallTime(found))"
    }

    func messageTimeMismatch(_ day: Int, _ template: String, _ to: String, _ minute: Int) -> String? {
        let sent = messages.filter { $0.day == day && $0.row.template == template && $0.to == to }
        guard let first = sent.first else { return "no such message on that day" }
        return sent.contains { otherTime($0.at, minute) == nil } ? nil : otherTime(first.at, minute)
    }

    func responseMismatch(_ id: String, _ within: Span) -> String? {
        let found = programme.programme.signals.first { $0.id == id }?.respondWithin
        return found == within ? nil : found?.text ?? "whenever"
    }

    func reviewMismatch(_ band: String, _ days: Int) -> String? {
        let found = programme.programme.health.bands.first { $0.id == band }?.reviewEveryDays
        return found == days ? nil : found.map { "every \($0) days" } ?? "never"
    }

    func weightMismatch(_ day: Int, _ id: String, _ percent: Double) -> String? {
        guard let index = programme.componentIDs.firstIndex(of: id), let health = snapshot(endOf: day)?.health else {
            return "there is no component \(id)"
        }
        let found = Double(health.components[index].weightNano) * 100 / Double(nano)
        return abs(found - percent) < 0.0006 ? nil : "\(found) %"
    }

    func groupMismatch(_ day: Int, _ id: String, _ points: Double?) -> String? {
        guard let index = programme.programme.health.groups.firstIndex(where: { $0.id == id }),
            let reading = snapshot(endOf: day)?.health?.groups[index]
        else { return "there is no group \(id)" }
        let found = reading.pointsNano.map { Double($0) / Double(nano) }
        if points == nil, found == nil { return nil }
        if let points, let found, abs(points - found) < 0.0006 { return nil }
        return found.map { "\($0)" } ?? "unknown"
    }

    func shownMismatch(_ day: Int, _ id: String) -> String? {
        let bands = programme.programme.health.bands
        let index = snapshot(endOf: day)?.conclusions.health.displayedBand
        let found = index.flatMap { bands.indices.contains($0) ? bands[$0].id : nil }
        return found == id ? nil : found ?? "none"
    }

    func segmentMismatch(_ day: Int, _ id: String) -> String? {
        let found = snapshot(endOf: day)?.segment
        return found == id ? nil : found ?? "none"
    }
}

extension Programme {
    /// The programme as a scenario sees it that states some metrics: these are told, not measured.
    func telling(_ given: [GivenMetric]) -> Programme {
        var programme = self
        for metric in given {
            guard let index = programme.metrics.firstIndex(where: { $0.id == metric.metric }) else { continue }
            let told = EventSum(filter: EventFilter(event: metric.event, when: nil), value: metric.value)
            programme.metrics[index].measure = .last(told)
            (programme.metrics[index].sampleMin, programme.metrics[index].hoursMax) = (0, nil)
            programme.events.append(EventType(type: metric.event, title: metric.metric))
        }
        return programme
    }
}
