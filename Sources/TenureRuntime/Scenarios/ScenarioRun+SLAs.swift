import TenureCore
import TenureEngine
import TenureProgramme

extension ScenarioRun {
    func clockMismatch(_ wanted: ExpectedClock) -> String? {
        let id = ClockID(sla: wanted.name.sla, clock: wanted.name.clock ?? "", key: wanted.key)
        guard let clock = state?.conclusions.clocks[id] else { return "no such clock" }
        if clock.standing != wanted.state { return "\(clock.standing.rawValue)\(clock.due.map { ", due \($0.text)" } ?? "")" }
        if let within = wanted.within, within != clock.target?.within {
            return clock.target.map { "within \($0.within.text)" } ?? "no target"
        }
        if let due = wanted.due, due != clock.due { return "due \(clock.due?.text ?? "never")" }
        return wanted.missedAt.flatMap { otherTime(clock.breachedAt, $0) }
    }
}

extension ExpectedClock {
    /// For the person whose expectation failed.
    var words: String {
        let more = [
            within.map { "within \($0.text)" }, due.map { "due \($0.text)" }, missedAt.map { "missed at \(wallTime($0))" },
        ].compactMap(\.self)
        return "day \(day): clock \(name.text) of \(key) \(([state.rawValue] + more).joined(separator: ", "))"
    }
}
