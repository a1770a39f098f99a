/// One part of a condition with what it came to, for explanations.
public struct TracedPart: Sendable, Hashable {
    /// How the parts below make up this one.
    public enum Kind: String, Sendable, Hashable {
        /// `&&`
        case all
        /// `||`
        case any
        /// `!`
        case not
        /// `condition ? a : b`
        case conditional
        /// Not split further.
        case atom
    }

    public let kind: Kind
    /// The part's text within the source, in UTF-8 offsets.
    public let range: SourceRange
    /// 0 for the whole expression; parts below follow their whole, one deeper.
    public let depth: Int
    public let value: Value
    /// For an atom the slots it mentions, ascending, with their values; empty for the others.
    public let slots: [TracedSlot]
}

/// A slot with the value it had.
public struct TracedSlot: Sendable, Hashable {
    public let slot: Int
    public let value: Value
}

extension Program {
    /// Every part of the condition down to its atoms, the whole first, each evaluated by itself.
    ///
    /// Parts that an evaluation would skip are evaluated too: an explanation shows all of them.
    public func trace(costLimit: Int = Program.costLimit, _ slots: some SlotSource) -> [TracedPart] {
        parts.map { part in
            var run = Run(code, costLimit: costLimit)
            let value = run.result(of: part.node) { slots.value(at: $0) }
            let mentioned = part.slots.map { TracedSlot(slot: $0, value: slots.value(at: $0)) }
            return TracedPart(
                kind: part.kind, range: part.range, depth: part.depth, value: value, slots: mentioned)
        }
    }
}

/// A part of a program that explanations tell apart.
struct ProgramPart: Sendable {
    let kind: TracedPart.Kind
    let range: SourceRange
    let depth: Int
    let node: Int
    let slots: [Int]

    /// The parts of a tree, each whole before what it is made of.
    static func split(_ checked: Checked, _ emitter: inout Emitter) -> [ProgramPart] {
        var parts: [ProgramPart] = []
        var pending = [(id: checked.syntax.root, depth: 0)]
        while let (id, depth) = pending.popLast() {
            let (kind, below) = shape(checked.syntax[id])
            let slots = kind == .atom ? checked.slots(under: id) : []
            parts.append(
                ProgramPart(
                    kind: kind, range: checked.syntax.ranges[id], depth: depth, node: emitter.emit(id),
                    slots: slots))
            pending += below.reversed().map { ($0, depth + 1) }
        }
        return parts
    }

    private static func shape(_ node: Syntax.Node) -> (TracedPart.Kind, [Syntax.ID]) {
        switch node {
        case .logical(.and, let operands): (.all, operands)
        case .logical(.or, let operands): (.any, operands)
        case .not(let operand): (.not, [operand])
        case .conditional(let condition, let then, let otherwise):
            (.conditional, [condition, then, otherwise])
        case .literal, .name, .select, .presence, .index, .call, .list, .map, .negate, .binary,
            .comprehension, .bind,
            .optionalMap:
            (.atom, [])
        }
    }
}

extension Checked {
    /// The slots that a node or anything below it stands for, ascending.
    func slots(under id: Syntax.ID) -> [Int] {
        var found: Set<Int> = []
        var pending = [id]
        while let id = pending.popLast() {
            if case .slot(let slot) = meanings[id] {
                found.insert(slot)
            } else {
                pending += syntax.children(of: id)
            }
        }
        return found.sorted()
    }
}

extension Syntax {
    /// The nodes directly below a node.
    func children(of id: ID) -> [ID] {
        switch nodes[id] {
        case .literal, .name: []
        case .select(let operand, _, _), .presence(let operand, _), .not(let operand), .negate(let operand):
            [operand]
        case .index(let operand, let key, _): [operand, key]
        case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
        case .list(let elements): elements.map(\.value)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .logical(_, let operands): operands
        case .binary(_, let left, let right): [left, right]
        case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
        case .comprehension(let range, let macro): [range] + (macro.filter.map { [$0] } ?? []) + [macro.body]
        case .bind(_, let value, let body): [value, body]
        case .optionalMap(let target, _, let body, _): [target, body]
        }
    }
}
