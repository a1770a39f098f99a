package import TenureCore
package import TenureEngine
package import TenureProgramme

/// A clock in words: what was promised of what, and what became of that, fact by fact.
package struct ClockStory: Sendable {
    package struct Line: Hashable, Sendable {
        package let at: Instant
        package let text: String
        /// What the programme says there, word for word.
        package let code: String?
    }

    package let state: ClockState
    /// `First reply`
    package let title: String
    /// `Support`
    package let sla: String
    /// `Ticket`
    package let kind: String
    /// Of the target that holds; nil: it always does, or none holds.
    package let condition: String?
    /// Since when it is late by the facts, which may be before that was known.
    package let overdueSince: Instant?
    /// In the order in which it came to be.
    package let lines: [Line]

    package var standing: ClockStanding { state.standing }

    init(_ state: ClockState, _ plan: SLAPlan, _ clock: SLAClock, _ snapshot: Snapshot) {
        let reading = snapshot.reading(of: state)
        self.state = state
        (title, sla, kind) = (clock.title, plan.sla.title, plan.kind.title)
        condition = state.target.flatMap { clock.condition($0) }
        overdueSince = reading?.overdueSince
        lines = ClockLines(clock, snapshot.zone).lines(state, reading)
    }
}

extension ClockStory {
    /// Late ones first, then those that will be due, then what ended lately.
    package static func all(_ snapshot: Snapshot, endedMax: Int) -> [ClockStory] {
        let clocks = snapshot.conclusions.clocks
        let running = clocks.running.sorted { Place($0) < Place($1) }
        let ended = clocks.ended.sorted { ($0.ended ?? .distant, $0.id.key) > ($1.ended ?? .distant, $1.id.key) }
        return (running + ended.prefix(endedMax)).compactMap { story($0, snapshot) }
    }

    private static func story(_ state: ClockState, _ snapshot: Snapshot) -> ClockStory? {
        guard let plan = snapshot.programme.slaPlan(state.id.sla), let clock = plan.clock(state.id.clock)?.clock
        else { return nil }
        return ClockStory(state, plan, clock, snapshot)
    }

    /// Where a running clock stands in a list.
    private struct Place: Comparable {
        let rank: Int
        let due: Instant
        let key: String

        init(_ clock: ClockState) {
            rank = [ClockStanding.late, .running, .waiting, .undefined].firstIndex(of: clock.standing) ?? 4
            due = clock.due ?? .distant
            key = clock.id.key
        }

        static func < (left: Place, right: Place) -> Bool {
            (left.rank, left.due, left.key) < (right.rank, right.due, right.key)
        }
    }
}

extension Instant {
    fileprivate static let distant = Instant(milliseconds: .max)
}

extension SLAClock {
    fileprivate func condition(_ target: ClockTarget) -> String? {
        targets.indices.contains(target.rule) ? targets[target.rule].when?.source : nil
    }
}

/// What stands in a clock's story.
private struct ClockLines {
    let clock: SLAClock
    let zone: ZoneRules

    init(_ clock: SLAClock, _ zone: ZoneRules) {
        self.clock = clock
        self.zone = zone
    }

    func lines(_ state: ClockState, _ reading: ClockReading?) -> [ClockStory.Line] {
        var lines = [ClockStory.Line(at: state.started, text: "started by", code: clock.starts)]
        lines += reading?.held.map { promise($0) } ?? []
        lines += reading?.waits.map { wait in
            ClockStory.Line(at: wait.lowerBound, text: "waited until \(Words.instant(wait.upperBound, zone))", code: nil)
        } ?? []
        if let since = state.pausedSince { lines.append(.init(at: since, text: "waits since then", code: nil)) }
        if let late = reading?.overdueSince { lines.append(.init(at: late, text: "its target was missed", code: nil)) }
        if let ended = state.ended { lines.append(.init(at: ended, text: "ended by", code: ending)) }
        // As they were added where the instant is the same.
        return lines.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private func promise(_ held: ClockReading.Held) -> ClockStory.Line {
        guard let target = held.target else {
            return .init(at: held.since, text: "no target holds: nothing is promised", code: nil)
        }
        let condition = clock.condition(target)
        let words = "promised within \(target.within.text)"
        return .init(at: held.since, text: condition == nil ? words : words + ", because", code: condition)
    }

    private var ending: String {
        switch clock.ending {
        case .when(let condition): condition.source
        case .event(let filter): filter.event + (filter.when.map { " where \($0.source)" } ?? "")
        }
    }
}
