package import TenureCore
package import TenureEngine
import TenureProgramme

/// Which facts moved each component of a score between two moments.
package struct ScoreCauses: Hashable, Sendable {
    package enum Cause: String, Hashable, Sendable, CaseIterable {
        /// Without the named facts, and those that are only counted, the component would read otherwise.
        case facts
        /// The days that passed moved it: no fact was needed.
        case time
        /// Neither: a source fell silent for everybody, or what was known then is not known any more.
        case other
    }

    /// What became of a fact in a component's windows.
    package enum Way: String, Hashable, Sendable, CaseIterable {
        case cameIn = "came-in"
        case fellOut = "fell-out"
        /// From one window to the one that it is compared with.
        case shifted
        case takenBack = "taken-back"
    }

    package struct NamedFact: Hashable, Sendable {
        package var source: String
        package var id: String
        package var type: String
        package var occurred: Instant
        package var way: Way
    }

    package struct Line: Hashable, Sendable {
        /// `<group>.<component>`, or the id of a group that was judged.
        package var id: String
        package var title: String
        package var cause: Cause
        /// The newest ones.
        package var facts: [NamedFact]
        /// Further facts that moved it.
        package var others: Int
    }

    /// A reading and when it was taken.
    package struct End: Sendable {
        let reading: HealthReading
        let moment: Moment

        package init(_ reading: HealthReading, _ moment: Moment) {
            self.reading = reading
            self.moment = moment
        }
    }

    package static let namedMax = 20
    /// In the model's order; only what moved.
    package let lines: [Line]

    package init(from earlier: End, to later: End, in past: AccountPast) {
        let search = CauseSearch(earlier, later, past)
        lines = search.parts.filter(search.isMoved).map(search.line)
    }
}

extension ScoreCauses.NamedFact {
    init(_ moved: MovedFacts.Moved) {
        let fact = moved.fact
        self.init(
            source: fact.source, id: fact.id, type: fact.type, occurred: fact.occurred, way: moved.way)
    }

    /// Newest first; a total order.
    fileprivate func isBefore(_ other: Self) -> Bool {
        if occurred != other.occurred { return occurred > other.occurred }
        return isSame(source, other.source) ? precedes(id, other.id) : precedes(source, other.source)
    }
}

/// Looks for causes by leaving facts out and reading the account again.
struct CauseSearch: Sendable {
    /// Something with points of its own: a component, or a group as a whole.
    struct Part: Sendable {
        var id: String
        var title: String
        var feeds: [Feed]
        var points: @Sendable (HealthReading) -> Int64?
    }

    let parts: [Part]
    let ends: [ScoreCauses.End]
    private let past: AccountPast
    /// As replayed at either moment, and at the later one with what was known at the earlier.
    private let replayed: [HealthReading?]
    private let untouched: HealthReading?

    init(_ earlier: ScoreCauses.End, _ later: ScoreCauses.End, _ past: AccountPast) {
        ends = [earlier, later]
        self.past = past
        parts = Self.parts(past.programme.programme)
        replayed = ends.map { past.reading(of: past.known(at: $0.moment), at: $0.moment) }
        untouched = past.reading(of: past.known(at: earlier.moment), at: later.moment)
    }

    func isMoved(_ part: Part) -> Bool { part.points(ends[0].reading) != part.points(ends[1].reading) }

    func line(_ part: Part) -> ScoreCauses.Line {
        var line = ScoreCauses.Line(id: part.id, title: part.title, cause: .other, facts: [], others: 0)
        guard isReplayed(part) else { return line }
        let moved = movedFacts(part).moved
        if !moved.isEmpty, changes(part, without: moved.map(\.fact)) {
            let named = moved.map { ScoreCauses.NamedFact($0) }.sorted { $0.isBefore($1) }
            line.cause = .facts
            line.facts = Array(named.prefix(ScoreCauses.namedMax))
            line.others = named.count - line.facts.count
        } else if untouched.map(part.points) == replayed[1].map(part.points) {
            line.cause = .time
        }
        return line
    }

    func movedFacts(_ part: Part) -> MovedFacts {
        MovedFacts(part.feeds, in: past, from: ends[0].moment, to: ends[1].moment)
    }

    /// Whether the facts give what was read then.
    private func isReplayed(_ part: Part) -> Bool {
        zip(ends, replayed).allSatisfy { end, again in
            again.map { part.points($0) == part.points(end.reading) } ?? false
        }
    }

    private func changes(_ part: Part, without left: [Fact]) -> Bool {
        let names = Set(left.map { Retraction(source: $0.source, id: $0.id) })
        return zip(ends, replayed).contains { end, again in
            let rest = past.known(at: end.moment).filter {
                !names.contains(Retraction(source: $0.source, id: $0.id))
            }
            return past.reading(of: rest, at: end.moment).map(part.points) != again.map(part.points)
        }
    }
}

extension CauseSearch {
    private static func parts(_ programme: Programme) -> [Part] {
        var place = 0
        return programme.health.groups.enumerated().flatMap { number, group in
            let judged = Part(
                id: group.id, title: "\(group.title), as judged",
                feeds: [Feed(sort: .grade(Grade.name(ofGroup: group.id)), span: .ever)],
                points: { Self.judged($0, number) })
            return [judged]
                + group.components.map { component in
                    defer { place += 1 }
                    let index = place
                    let id = "\(group.id).\(component.id)"
                    return Part(
                        id: id, title: component.title, feeds: Feeds.of(component, id: id, in: programme),
                        points: { $0.components.indices.contains(index) ? $0.components[index].pointsNano : nil })
                }
        }
    }

    private static func judged(_ reading: HealthReading, _ group: Int) -> Int64? {
        guard reading.groups.indices.contains(group), reading.groups[group].isJudged else { return nil }
        return reading.groups[group].pointsNano
    }
}
