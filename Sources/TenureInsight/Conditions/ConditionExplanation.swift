import CEL
import TenureCore
package import TenureEngine
import TenureProgramme

/// A condition taken apart at its connectives, each part with what it came to and on which values.
package struct ConditionExplanation: Hashable, Sendable {
    package enum Truth: String, Hashable, Sendable, CaseIterable { case holds, fails, unknown }

    package struct Line: Hashable, Sendable {
        /// 0 for the whole; its parts are one deeper.
        package var depth: Int
        /// As the author wrote it.
        package var text: String
        package var truth: Truth
        /// What it was compared on: `m("users.active.7d")` and `12`; empty for connectives.
        package var values: [Named]
        /// It is not made of smaller parts.
        package var isAtom: Bool
    }

    package struct Named: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    package let truth: Truth
    /// The whole first, then its parts in the order of the text.
    package let lines: [Line]

    package init(_ condition: BoundCondition, _ snapshot: Snapshot, play: PlayInstance? = nil) {
        let program = condition.condition.program
        lines = snapshot.trace(condition, play: play).map { part in
            Line(
                depth: part.depth, text: program.source[part.range], truth: Truth(part.value),
                values: part.slots.map {
                    Named(
                        name: program.references[$0.slot].description,
                        value: Words.value($0.value, snapshot.zone))
                }, isAtom: part.kind == .atom)
        }
        truth = lines.first?.truth ?? .unknown
    }

    /// The atoms that fail or cannot be decided: what stands in the way.
    package var missing: [Line] { lines.filter { $0.isAtom && $0.truth != .holds } }
}

extension ConditionExplanation.Truth {
    fileprivate init(_ value: Value) {
        self = value.asBool.map { $0 ? .holds : .fails } ?? .unknown
    }
}
