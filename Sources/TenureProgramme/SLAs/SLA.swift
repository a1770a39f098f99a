package import TenureCore

/// A promise about things of one kind, tickets say: the clocks that run on each of them, and how long each may take.
package struct SLA: Sendable {
    package var id: String
    package var title: String
    /// The kind of entity.
    package var entity: String
    /// By which business hours and days are counted; nil: calendar hours and days.
    package var calendar: String?
    package var clocks: [SLAClock]
    package var requirements: RequirementIDs

    package init(id: String, title: String, entity: String) {
        self.id = id
        self.title = title
        self.entity = entity
        calendar = nil
        clocks = []
        requirements = []
    }
}

/// One clock on each entity: from an instant of it to what ends it.
package struct SLAClock: Sendable {
    package enum Ending: Sendable {
        /// The first time that this holds of the entity.
        case when(Condition)
        /// The first such event about the entity.
        case event(EventFilter)
    }

    package var id: String
    package var title: String
    /// The field of the entity that says when it starts.
    package var starts: String
    package var ending: Ending
    /// The field, and the values of it in which the clock runs; in any other it waits. nil: it always runs.
    package var runsIn: (field: String, values: [String])?
    /// Whether it goes on when what ended it holds no longer; the time between does not count.
    package var reopens: Bool
    /// The first whose condition holds is the entity's; none: nothing was promised.
    package var targets: [SLATarget]

    package init(id: String, title: String, starts: String, ending: Ending) {
        self.id = id
        self.title = title
        self.starts = starts
        self.ending = ending
        runsIn = nil
        reopens = false
        targets = []
    }
}

/// How long a clock may run where the condition holds.
package struct SLATarget: Sendable {
    /// Over the entity and its account; nil: always.
    package var when: Condition?
    package var within: Span

    package init(when: Condition?, within: Span) {
        self.when = when
        self.within = within
    }
}

/// How a clock stands.
package enum ClockStanding: String, Hashable, Sendable, CaseIterable {
    case running, waiting, late, met, missed
    /// No target holds: nothing is promised.
    case undefined
}

/// How conditions and metrics name an SLA, `support`, or one of its clocks, `support.first_reply`.
package struct SLAName: Hashable, Sendable {
    package var sla: String
    package var clock: String?

    package init(_ text: String) {
        let dot = text.firstIndex(of: ".")
        sla = String(text[..<(dot ?? text.endIndex)])
        clock = dot.map { String(text[text.index(after: $0)...]) }
    }

    package var text: String { clock.map { "\(sla).\($0)" } ?? sla }
}
