import TenureCore
import TenureEngine
import TenureProgramme

/// How the facts behind one component changed between two moments.
struct MovedFacts: Sendable {
    struct Moved: Sendable {
        var fact: Fact
        var way: ScoreCauses.Way
    }

    /// In log order.
    private(set) var moved: [Moved] = []
    /// They count at both moments, and alike.
    private(set) var stayed: [Fact] = []

    init(_ feeds: [Feed], in past: AccountPast, from earlier: Moment, to later: Moment) {
        let first = WindowEnd(earlier, past, feeds, after: nil)
        let ends = [first, WindowEnd(later, past, feeds, after: first)]
        let types = past.eventTypes
        let filtered = feeds.map { FilteredFeed($0, past.programme) }
        for fact in past.facts where fact.operation == .append {
            let type = types[fact.type]
            let parts = filtered.filter { $0.feed.sort.takes(fact, type) }.map { feed in
                (feed, ends[0].part(of: fact, feed.feed), ends[1].part(of: fact, feed.feed))
            }
            if let change = parts.first(where: { $1 != $2 && $0.passes(fact) }) {
                let isBack = ends[1].takesBack(fact) && !ends[0].takesBack(fact)
                moved.append(Moved(fact: fact, way: isBack ? .takenBack : Self.way(change.1, change.2)))
            } else if parts.contains(where: { $1 != nil || $2 != nil }) {
                stayed.append(fact)
            }
        }
    }

    private static func way(_ earlier: Int?, _ later: Int?) -> ScoreCauses.Way {
        earlier == nil ? .cameIn : later == nil ? .fellOut : .shifted
    }
}

/// A feed with the filter of its events.
struct FilteredFeed: Sendable {
    let feed: Feed
    private let filter: FeedFilter?

    init(_ feed: Feed, _ programme: CompiledProgramme) {
        self.feed = feed
        if case .events(let sum) = feed.sort { filter = FeedFilter(sum, in: programme) } else { filter = nil }
    }

    func passes(_ fact: Fact) -> Bool { filter?.passes(fact) ?? true }
}

/// What counts at one moment: what is known, not taken back, in time, and in the window that ends there.
private struct WindowEnd: Sendable {
    private let moment: Moment
    private let today: Day
    private let zone: ZoneRules
    private let retracted: Set<Retraction>
    /// The events with which the account, and its use, began.
    private var beginnings: [Bool: Retraction] = [:]
    /// By the name of what they judge.
    private var judgements: [String: StandingJudgement] = [:]
    /// Judgements that ran out since the earlier moment.
    private var expired: Set<Version> = []

    /// - Parameter before: the same at an earlier moment; what began the account then still does, unless taken back.
    init(_ moment: Moment, _ past: AccountPast, _ feeds: [Feed], after before: WindowEnd?) {
        self.moment = moment
        zone = past.zone
        today = zone.day(at: moment.instant)
        retracted = Set(
            past.facts.compactMap { fact in
                guard case .retract(let id) = fact.operation, moment.knows(fact) else { return nil }
                return Retraction(source: fact.source, id: id)
            })
        for ofUse in [false, true] {
            let kept = before?.beginnings[ofUse].flatMap { retracted.contains($0) ? nil : $0 }
            beginnings[ofUse] = kept ?? beginning(.beginning(ofUse: ofUse), past)
        }
        for case .grade(let name) in feeds.map(\.sort) {
            guard let judgement = judgement(name, past) else { continue }
            judgements[name] = judgement
            if let was = before?.judgements[name], judgement.hasExpired(since: was) { expired.insert(judgement.version) }
        }
    }

    private func judgement(_ name: String, _ past: AccountPast) -> StandingJudgement? {
        let given = standing(.grade(name), past)
        return given.isEmpty ? nil : StandingJudgement(name, past.snapshot(of: given, at: moment))
    }

    private func beginning(_ sort: Feed.Sort, _ past: AccountPast) -> Retraction? {
        let first = standing(sort, past).filter { !$0.isTooLate }.min { $0.occurred < $1.occurred }
        return first.map { Retraction(source: $0.source, id: $0.id) }
    }

    /// Of a sort, what is known and not taken back.
    private func standing(_ sort: Feed.Sort, _ past: AccountPast) -> [Fact] {
        let types = past.eventTypes
        return past.facts.filter { fact in
            fact.operation == .append && sort.takes(fact, types[fact.type]) && moment.knows(fact) && !takesBack(fact)
        }
    }

    func takesBack(_ fact: Fact) -> Bool {
        retracted.contains(Retraction(source: fact.source, id: fact.id))
    }

    func part(of fact: Fact, _ feed: Feed) -> Int? {
        guard moment.knows(fact), !takesBack(fact) else { return nil }
        switch feed.sort {
        case .grade: return expired.contains(Version(fact.asTakenLive)) ? nil : 0
        case .field, .flag: return 0
        case .beginning(let ofUse):
            return beginnings[ofUse] == Retraction(source: fact.source, id: fact.id) ? 0 : nil
        case .events, .activity, .use, .features, .entities, .contact:
            return fact.isTooLate ? nil : feed.span.part(of: zone.day(at: fact.occurred), today: today)
        }
    }
}

/// The newest judgement of something: it hides those before it, even when it holds no longer.
private struct StandingJudgement: Sendable {
    let version: Version
    private let isValid: Bool

    init?(_ name: String, _ snapshot: Snapshot) {
        let isPulse = isSame(name, Grade.nameOfPulse)
        guard let latest = isPulse ? snapshot.observations.pulse : snapshot.observations.grades.latest(name) else { return nil }
        version = latest.version
        isValid = latest.value.isValid(at: snapshot.now)
    }

    func hasExpired(since was: Self) -> Bool { version == was.version && was.isValid && !isValid }
}
