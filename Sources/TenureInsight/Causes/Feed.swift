import TenureCore
import TenureEngine
import TenureProgramme

/// Facts of one sort that a measure is made of, and the days over which it takes them.
struct Feed: Sendable {
    enum Sort: Sendable {
        case events(EventSum)
        /// Use of the product by a member.
        case activity
        /// Any use of the product, by whomever.
        case use
        case features(Set<String>)
        case entities(kind: String)
        /// Judgements by the name under which they are kept: a metric's id, `component:<id>`, `group:<id>`.
        case grade(String)
        case field(String)
        case flag(String)
        /// People with a role: who they are, and when they were last heard of.
        case contact
        /// The account's first event, or first use: before it nothing is known, after it nothing seen is zero.
        case beginning(ofUse: Bool)
    }

    enum Span: Sendable {
        case ever
        /// The last n complete days, and today so far.
        case window(Int)
        case complete(Int)
        /// The last n complete days, and the n before them.
        case compared(Int)
        /// A year of weeks of complete days.
        case weeks
        /// What can belong to a billing month.
        case month
    }

    var sort: Sort
    var span: Span
}

extension Feed.Span {
    /// Which part of the span a day falls into; nil: none. A fact moves a measure only by changing its part.
    func part(of day: Day, today: Day) -> Int? {
        let back = Int(today - day)
        switch self {
        case .ever: return 0
        case .window(let days): return (0...max(0, days)).contains(back) ? 0 : nil
        case .complete(let days): return (1...max(1, days)).contains(back) ? 0 : nil
        case .compared(let days):
            return (1...max(1, 2 * days)).contains(back) ? (back <= days ? 0 : 1) : nil
        case .weeks: return (1...364).contains(back) ? (back - 1) / 7 : nil
        // Which of these days belong to it follows from the term: those that left it count as having left.
        case .month: return (0...31).contains(back) ? 0 : nil
        }
    }
}

extension Feed.Sort {
    /// Whether a fact is of this sort, as far as its type and fields tell; what filters of events say is asked of the
    /// engine.
    func takes(_ fact: Fact, _ type: EventType?) -> Bool {
        switch self {
        case .events(let sum): return isSame(fact.type, sum.filter.event)
        case .activity: return type?.isActivity == true && fact.member != nil
        case .use: return type?.isActivity == true
        case .features(let names):
            return type?.featureField.flatMap { fact.data[$0]?.string }.map { names.contains($0) } ?? false
        case .entities(let kind): return type?.entity?.kind == kind
        case .grade(Grade.nameOfPulse): return fact.type == FactType.pulseGiven
        case .grade(let name): return fact.type == FactType.gradeGiven && Grade.name(of: fact) == name
        case .field(let name):
            return fact.type == FactType.accountChanged && fact.data[name] != nil
                || fact.type == FactType.ownerAssigned && fact.data["role"]?.string == name
        case .flag(let name):
            let isFlag = fact.type == FactType.flagRaised || fact.type == FactType.flagCleared
            return isFlag && fact.data["flag"]?.string == name
        case .contact:
            let names = ["contact", "role", "attendees"].contains { fact.data[$0] != nil }
            return fact.type == FactType.contactChanged || type != nil && names
        case .beginning(let ofUse): return type.map { $0.isActivity || !ofUse } ?? false
        }
    }
}
