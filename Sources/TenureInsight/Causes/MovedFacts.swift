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
        let first = WindowEnd(earlier, past, after: nil)
        let ends = [first, WindowEnd(later, past, after: first)]
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
    private let programme: Programme
    private let retracted: Set<Retraction>
    /// The events with which the account, and its use, began.
    private var beginnings: [Bool: Retraction] = [:]

    /// - Parameter before: the same at an earlier moment; what began the account then still does, unless taken back.
    init(_ moment: Moment, _ past: AccountPast, after before: WindowEnd?) {
        self.moment = moment
        zone = past.zone
        today = zone.day(at: moment.instant)
        programme = past.programme.programme
        retracted = Set(
            past.facts.compactMap { fact in
                guard case .retract(let id) = fact.operation, moment.knows(fact) else { return nil }
                return Retraction(source: fact.source, id: id)
            })
        for ofUse in [false, true] {
            let kept = before?.beginnings[ofUse].flatMap { retracted.contains($0) ? nil : $0 }
            beginnings[ofUse] = kept ?? beginning(.beginning(ofUse: ofUse), past)
        }
    }

    private func beginning(_ sort: Feed.Sort, _ past: AccountPast) -> Retraction? {
        let types = past.eventTypes
        let counted = past.facts.filter { fact in
            fact.operation == .append && sort.takes(fact, types[fact.type]) && moment.knows(fact)
                && !takesBack(fact) && !fact.isTooLate
        }
        return counted.min { $0.occurred < $1.occurred }.map { Retraction(source: $0.source, id: $0.id) }
    }

    func takesBack(_ fact: Fact) -> Bool {
        retracted.contains(Retraction(source: fact.source, id: fact.id))
    }

    func part(of fact: Fact, _ feed: Feed) -> Int? {
        guard moment.knows(fact), !takesBack(fact) else { return nil }
        switch feed.sort {
        case .grade(let name): return isExpired(fact, name) ? nil : 0
        case .field, .flag: return 0
        case .beginning(let ofUse):
            return beginnings[ofUse] == Retraction(source: fact.source, id: fact.id) ? 0 : nil
        case .events, .activity, .use, .features, .entities, .contact:
            return fact.isTooLate ? nil : feed.span.part(of: zone.day(at: fact.occurred), today: today)
        }
    }

    /// By its own days, or by its metric's hours.
    private func isExpired(_ fact: Fact, _ name: String) -> Bool {
        let hours = programme.metrics.first { $0.id == name }?.hoursMax.map { Int64($0) * Milliseconds.hour }
        let days = fact.data["expires_days"]?.int.flatMap { (1...3_660).contains($0) ? $0 * Milliseconds.day : nil }
        guard let span = days ?? hours else { return false }
        return moment.instant >= fact.occurred + span
    }
}
