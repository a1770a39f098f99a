import TenureCore
import TenureEngine

/// On which days each signal was open.
struct OpenDays {
    private var stretches: [ID<OpenDays>: [ClosedRange<Day>]] = [:]

    /// - Parameter start: what stood when the window began opened before it, even if on the same day.
    init(
        _ turns: [Course.SignalTurn], standing: [Course.Mark] = [], _ zone: ZoneRules, before start: Day, until end: Day
    ) {
        var since: [ID<OpenDays>: Day] = [:]
        for mark in standing { since[ID(mark.id)] = min(zone.day(at: mark.at), start + -1) }
        for turn in turns {
            let (id, day) = (ID<OpenDays>(turn.mark.id), zone.day(at: turn.mark.at))
            if turn.isRaised {
                since[id] = since[id] ?? day
            } else if let first = since.removeValue(forKey: id) {
                stretches[id, default: []].append(first...max(first, day))
            }
        }
        for (id, first) in since { stretches[id, default: []].append(first...max(first, end)) }
    }

    subscript(signal: String) -> [ClosedRange<Day>] { stretches[ID(signal)] ?? [] }
}
