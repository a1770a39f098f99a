package import TenureCore
import TenureEngine
import TenureProgramme

/// A fact that counts for a day now and did not when it was closed, or the other way round.
package struct FactChange: Hashable, Sendable {
    package enum Way: String, Hashable, Sendable, CaseIterable {
        case cameLate = "came-late"
        case takenBack = "taken-back"
        /// It came in the place of one that was taken back.
        case corrected
    }

    package let fact: Fact
    package let way: Way
    /// When it came, or was taken back.
    package let told: Instant
    /// Id of the fact that takes it back.
    package let by: String?

    /// Newest first; a total order.
    func isBefore(_ other: FactChange) -> Bool {
        if told != other.told { return told > other.told }
        return isSame(fact.source, other.fact.source) ? precedes(fact.id, other.fact.id) : precedes(fact.source, other.fact.source)
    }
}

extension DayFacts {
    /// What a day's facts are now, and how that differs from what they were.
    var changes: [FactChange] {
        let before = Set(then.compactMap(\.retracted))
        let back = Dictionary(
            since.compactMap { taken in taken.retracted.map { ($0, taken) } }, uniquingKeysWith: { first, _ in first })
        let gone = then.compactMap { taken -> FactChange? in
            guard taken.retracted == nil, !before.contains(taken.name), let by = back[taken.name] else { return nil }
            return FactChange(fact: taken.fact, way: .takenBack, told: by.fact.recorded, by: by.fact.id)
        }
        let replaced = Set(gone.map { Slot($0.fact) })
        let come = since.compactMap { taken -> FactChange? in
            guard taken.retracted == nil, !before.contains(taken.name), back[taken.name] == nil else { return nil }
            let way: FactChange.Way = replaced.contains(Slot(taken.fact)) ? .corrected : .cameLate
            return FactChange(fact: taken.fact, way: way, told: taken.fact.recorded, by: nil)
        }
        return (gone + come).sorted { $0.isBefore($1) }
    }

    /// All facts that count for the day now, without some of the changes.
    func now(without changes: [FactChange] = []) -> [Taken] {
        let left = Set(changes.filter { $0.way != .takenBack }.map { Retraction(source: $0.fact.source, id: $0.fact.id) })
        let kept = Set(changes.filter { $0.way == .takenBack }.map { Retraction(source: $0.fact.source, id: $0.fact.id) })
        return then + since.filter { !left.contains($0.name) && !($0.retracted.map(kept.contains) ?? false) }
    }
}

/// What one fact may be in the place of another for.
private struct Slot: Hashable {
    let source: String
    let type: String
    let occurred: Instant

    init(_ fact: Fact) {
        source = fact.source
        type = fact.type
        occurred = fact.occurred
    }
}
