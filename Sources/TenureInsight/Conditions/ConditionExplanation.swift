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
        /// Its parts are joined by `&&` or `||`, so that each fails for itself.
        package var isJoined: Bool
    }

    package struct Named: Hashable, Sendable {
        package var name: String
        /// In the words of a sentence.
        package var value: String
        /// The exact number, where it is one.
        package var number: Double?
    }

    package let truth: Truth
    /// The whole first, then its parts in the order of the text.
    package let lines: [Line]

    package init(_ condition: BoundCondition, _ snapshot: Snapshot, play: PlayInstance? = nil) {
        let program = condition.condition.program
        lines = snapshot.trace(condition, play: play).map { part in
            let text = program.source[part.range]
            return Line(
                depth: part.depth, text: text, truth: Truth(part.value),
                values: part.slots.map {
                    Named(
                        name: program.references[$0.slot].description,
                        value: Words.value($0.value, snapshot.zone, comparedIn: text), number: $0.value.asDouble)
                }, isAtom: part.kind == .atom, isJoined: part.kind == .all || part.kind == .any)
        }
        truth = lines.first?.truth ?? .unknown
    }

    /// What stands in the way: the smallest parts that fail or cannot be decided. A negation stays whole, since what
    /// fails in it is that its part holds; what a part beside it makes up for is left out.
    package var missing: [Line] {
        var found: [Line] = []
        var settled: Int?
        for (index, line) in lines.enumerated() {
            if let settled, line.depth > settled { continue }
            settled = nil
            if line.truth != .holds, line.isJoined { continue }
            settled = line.depth
            if line.truth != .holds { found.append(gathered(index)) }
        }
        return found
    }

    /// A part with the values of everything below it.
    private func gathered(_ index: Int) -> Line {
        var whole = lines[index]
        for below in lines[(index + 1)...].prefix(while: { $0.depth > whole.depth }) {
            whole.values += below.values.filter { !whole.values.contains($0) }
        }
        return whole
    }
}

extension ConditionExplanation.Truth {
    fileprivate init(_ value: Value) {
        self = value.asBool.map { $0 ? .holds : .fails } ?? .unknown
    }
}
