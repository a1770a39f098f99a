import TenureCore
import TenureProgramme

/// What a programme promises about tickets: the words that its targets ask for, and how long each may take.
struct PromisedTickets: Sendable {
    /// The field of a ticket that targets ask for; nil: they hold of every ticket.
    let field: String?
    /// Values of it that something is promised for, the most urgent first.
    let levels: [String]
    private let replies: [SLATarget]
    private let solutions: [SLATarget]
    private static let fields = ["severity", "priority"]

    /// nil: nothing is promised.
    init?(_ programme: Programme) {
        let clocks = programme.slas.filter { $0.entity == "ticket" }.flatMap(\.clocks)
        guard !clocks.isEmpty else { return nil }
        replies = clocks.filter { $0.isAnswered(by: "ticket.replied") }.flatMap(\.targets)
        solutions = clocks.filter { $0.isAnswered(by: nil) }.flatMap(\.targets)
        let sources = (replies + solutions).enumerated()
            .sorted { ($0.element.within.roughly, $0.offset) < ($1.element.within.roughly, $1.offset) }
            .map { $0.element.when?.source ?? "" }
        field = Self.fields.first { field in sources.contains { $0.contains("entity.\(field) ") } }
        levels = field.map { EventsInUse.quoted(after: "entity.\($0) == ", in: sources) } ?? []
    }

    /// What becomes of a ticket at a desk that mostly keeps what is promised.
    struct Answer: Sendable {
        let level: String?
        /// Milliseconds until somebody replies.
        let reply: Int64
        /// Milliseconds until it is solved; nil: nobody promises when.
        let solution: Int64?
    }

    func answer(_ urgency: Urgency, strain: Double, _ generator: SeededGenerator) -> Answer {
        var generator = generator
        let level = level(urgency, &generator)
        let reply = Self.taken(Self.within(level, replies), strain, &generator)
        let solution = Self.taken(Self.within(level, solutions), strain, &generator)
        return Answer(level: level, reply: reply, solution: solutions.isEmpty ? nil : solution)
    }

    /// The most urgent ones have a word each, all others share the rest.
    private func level(_ urgency: Urgency, _ generator: inout SeededGenerator) -> String? {
        switch urgency {
        case .urgent: levels.first
        case .high: levels.dropFirst().first
        case .ordinary: generator.pick(Array(levels.dropFirst(2)))
        }
    }

    /// The shortest that is promised for a level, whatever the account's contract says; where nothing is, a day.
    private static func within(_ level: String?, _ targets: [SLATarget]) -> Int64 {
        targets.filter { $0.isMeant(for: level) }.map(\.within.roughly).min() ?? Milliseconds.day
    }

    private static func taken(_ within: Int64, _ strain: Double, _ generator: inout SeededGenerator) -> Int64 {
        let (isLate, roll) = (generator.chance(min(0.4, Rates.lateAnswers * strain)), generator.unit())
        return max(Milliseconds.minute, Int64(Double(within) * (isLate ? 1.1 + 1.5 * roll : 0.05 + 0.85 * roll)))
    }
}

/// How much a ticket matters to who opened it.
enum Urgency: String, Hashable, Sendable {
    case urgent = "P1"
    case high = "P2"
    case ordinary = "P3"
}

extension SLATarget {
    fileprivate func isMeant(for level: String?) -> Bool {
        guard let when else { return true }
        return level.map { when.source.contains("\"\($0)\"") } ?? false
    }
}

extension SLAClock {
    /// - Parameter type: nil: by a state of the ticket.
    fileprivate func isAnswered(by type: String?) -> Bool {
        switch ending {
        case .event(let filter): filter.event == type
        case .when: type == nil
        }
    }
}

extension Span {
    /// Milliseconds as on most days: a business day is the same time of the next one.
    fileprivate var roughly: Int64 {
        switch unit {
        case .minutes, .hours, .days, .weeks: fixedMilliseconds ?? 0
        case .months: Int64(count) * 30 * Milliseconds.day
        case .businessHours: Int64(count) * Milliseconds.hour
        case .businessDays: Int64(count) * Milliseconds.day
        }
    }
}
