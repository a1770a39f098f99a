package import TenureCore
import TenureEngine
import TenureProgramme

/// A field of the account, or a judgement, with the facts that told it: the newest one counts.
package struct ToldValue: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case field, judgement }

    package let kind: Kind
    /// Of the field; or a metric's id, `group:<id>`, `component:<group>.<id>`.
    package let name: String
    /// Newest first; none where nobody ever told it.
    package let facts: [Fact]

    /// - Parameter facts: of the account, in log order.
    package init(_ kind: Kind, _ name: String, in facts: [Fact]) {
        self.kind = kind
        self.name = name
        let sort: Feed.Sort = kind == .field ? .field(name) : .grade(name)
        let retracted = Set(
            facts.compactMap { fact -> Retraction? in
                if case .retract(let id) = fact.operation { Retraction(source: fact.source, id: id) } else { nil }
            })
        self.facts = facts.filter { fact in
            fact.operation == .append && sort.takes(fact, nil)
                && !retracted.contains(Retraction(source: fact.source, id: fact.id))
        }.enumerated().sorted { ($0.element.occurred, $0.offset) > ($1.element.occurred, $1.offset) }.map(\.element)
    }

    /// Of a part of the score that a person judged as a whole.
    package static func judgement(ofGroup id: String) -> String { Grade.name(ofGroup: id) }
    package static func judgement(ofComponent id: String) -> String { Grade.name(ofComponent: id) }
}
