import TenureCore
import TenureEngine
import TenureProgramme

/// Looks for what revised each number of a day, by leaving it out and folding the day again.
struct RevisionSearch {
    let lines: [Recomputation.Line]
    private let types: [String: EventType]

    init(_ kept: KeptDay, _ facts: DayFacts, _ shared: (then: WorkspaceState, now: WorkspaceState)) {
        types = Dictionary(kept.fold.programme.programme.events.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
        var trials = Trials(kept, facts, shared, types)
        let names = kept.fold.programme.dayMetricNames
        lines = DayNumber.all(kept.fold.programme, metrics: names).map { number, id, title in
            Recomputation.Line(
                number: number, id: id, title: title, then: kept.numbers[number], now: trials.now[number],
                verdict: trials.verdict(number))
        }
    }

    /// Judgements and records of the account have no such limit.
    func isTooLate(_ change: FactChange) -> Bool { types[change.fact.type] != nil && change.fact.isTooLate }
}

private struct Trials {
    private let kept: KeptDay
    private let facts: DayFacts
    private let changes: [FactChange]
    private let shared: (then: WorkspaceState, now: WorkspaceState)
    private let relevance: Relevance
    /// From what was counted then; with what sources have told since; and from all that counts now.
    private let then: DayNumbers
    private let heard: DayNumbers
    let now: DayNumbers
    /// By the changes that were left out.
    private var tried: [[FactChange]: DayNumbers] = [:]

    init(
        _ kept: KeptDay, _ facts: DayFacts, _ shared: (then: WorkspaceState, now: WorkspaceState), _ types: [String: EventType]
    ) {
        self.kept = kept
        self.facts = facts
        self.shared = shared
        changes = facts.changes
        relevance = Relevance(kept.fold, types)
        then = kept.fold.numbers(facts.then, shared.then, kept.reading)
        heard = kept.fold.numbers(facts.then, shared.now, kept.reading)
        now = changes.isEmpty ? heard : kept.fold.numbers(facts.now(), shared.now, kept.reading)
    }

    mutating func verdict(_ number: DayNumber) -> Recomputation.Verdict {
        guard let was = kept.numbers[number] else { return .notKept }
        if now[number] == was { return .same }
        guard then[number] == was else { return .unexplained }
        if now[number] == heard[number] { return .spoke(shared.now.spoken(since: shared.then)) }
        return .revised(causes(number))
    }

    /// Without them the number would be what it was: those that it is made of, if that is true of them, else whatever is
    /// left of all changes when those that are not needed for it are taken out.
    private mutating func causes(_ number: DayNumber) -> [FactChange] {
        let near = relevance.changes(changes, of: number)
        if !near.isEmpty, without(near)[number] == heard[number] { return near }
        var needed = changes
        for change in changes.prefix(Self.singlesMax) {
            let fewer = needed.filter { $0 != change }
            if without(fewer)[number] == heard[number] { needed = fewer }
        }
        return needed
    }

    /// Changes that are tried one by one: each trial folds the account anew.
    private static let singlesMax = 40

    private mutating func without(_ left: [FactChange]) -> DayNumbers {
        if let known = tried[left] { return known }
        let numbers = kept.fold.numbers(facts.now(without: left), shared.now, kept.reading)
        tried[left] = numbers
        return numbers
    }
}

extension WorkspaceState {
    /// Types of events that were heard of later than had been known.
    fileprivate func spoken(since earlier: WorkspaceState) -> [String] {
        lastRecorded.filter { type, last in earlier.lastRecorded[type].map { $0 < last } ?? true }.keys.sorted(by: precedes)
    }
}

/// Which changes a number is made of, as far as definitions tell.
private struct Relevance {
    private let fold: DayFold
    private let types: [String: EventType]

    init(_ fold: DayFold, _ types: [String: EventType]) {
        self.fold = fold
        self.types = types
    }

    func changes(_ changes: [FactChange], of number: DayNumber) -> [FactChange] {
        let feeds = feeds(of: number).map { FilteredFeed($0, fold.programme) }
        return changes.filter { change in feeds.contains { isFed($0, by: change) } }
    }

    private func isFed(_ feed: FilteredFeed, by change: FactChange) -> Bool {
        guard feed.feed.sort.takes(change.fact, types[change.fact.type]) else { return false }
        switch feed.feed.sort {
        case .grade, .field, .flag: return true
        // Hardly any event is an account's first.
        case .beginning: return false
        case .events, .activity, .use, .features, .entities, .contact:
            let day = fold.zone.day(at: change.fact.occurred)
            let part = feed.feed.span.part(of: day, today: fold.close.day + 1)
            return part != nil && !change.fact.isTooLate && feed.passes(change.fact)
        }
    }

    private func feeds(of number: DayNumber) -> [Feed] {
        let programme = fold.programme.programme
        switch number {
        case .metric(let name): return MetricReference(name, in: programme).map { Feeds.of($0, in: programme) } ?? []
        case .component(let place): return Feeds.of(component: place, in: programme)
        case .group, .score, .rawScore, .coverage, .band, .limits: return Feeds.ofScore(in: programme)
        }
    }
}
