/// Writes the plan of a condition, as far as it is made of what plans know.
struct PlanWriter {
    private let code: Code
    private var tests: [Plan.Test] = []
    private var operands: [Plan.Operand] = []
    private var constants: [Value] = []
    private var texts: [String] = []
    private var cost = 0

    /// A set of unknown slots is kept as one bit for each.
    private static let slotLimit = 64
    /// A side of a comparison recurses for each step, which the parser's depth limit does not bound.
    private static let stepLimit = 8
    /// Longer conditions are rare, and their evaluation is what takes the time.
    private static let testLimit = 1_000

    private static let none = Plan(tests: [], operands: [], constants: [], texts: [], cost: 0)

    /// The plan of the code at `root`; empty when it can have none.
    static func plan(_ code: Code, _ root: Int, slots: Int) -> Plan {
        guard slots <= slotLimit else { return none }
        var writer = PlanWriter(code: code)
        writer.tests = [.constant(false)]
        guard let whole = writer.test(root) else { return none }
        writer.tests[0] = whole
        return Plan(
            tests: writer.tests, operands: writer.operands, constants: writer.constants, texts: writer.texts,
            cost: writer.cost)
    }

    private init(code: Code) { self.code = code }

    // MARK: Tests

    private mutating func test(_ node: Int) -> Plan.Test? {
        cost += 1
        switch code.nodes[node] {
        case .constant(let place): return constantTest(code.constants[place])
        case .slot(let slot): return .flag(Int32(slot))
        case .slotPresence(let slot): return .present(Int32(slot))
        case .not(let operand): return one(operand).map { .not($0) }
        case .logical(let logic, let span): return joined(logic, span)
        case .conditional(let condition, let then, let otherwise):
            guard let condition = one(condition), let then = one(then), let otherwise = one(otherwise) else {
                return nil
            }
            return .conditional(condition, then: then, otherwise: otherwise)
        case .chain(let base, let span): return comparison(base, span)
        case .local, .negate, .list, .map, .call, .bind: return nil
        }
    }

    private func constantTest(_ value: Value) -> Plan.Test? { value.asBool.map { .constant($0) } }

    /// The place of a test of its own.
    private mutating func one(_ node: Int) -> Int32? {
        reserve(1).flatMap { place in
            guard let test = test(node) else { return nil }
            tests[place] = test
            return Int32(place)
        }
    }

    private mutating func joined(_ logic: Logic, _ span: Code.Span) -> Plan.Test? {
        guard let first = reserve(span.places.count) else { return nil }
        for (place, operand) in zip(first..., span.places) {
            guard let test = test(code.operands[operand]) else { return nil }
            tests[place] = test
        }
        return .joined(deciding: logic == .or, Int32(first), Int32(first + span.places.count))
    }

    /// Room for tests in a row.
    private mutating func reserve(_ count: Int) -> Int? {
        guard tests.count + count <= Self.testLimit else { return nil }
        tests += Array(repeating: .constant(false), count: count)
        return tests.count - count
    }

    // MARK: Comparisons

    /// A chain that ends with a comparison and has nothing but arithmetic before it.
    private mutating func comparison(_ base: Int, _ span: Code.Span) -> Plan.Test? {
        guard span.places.count <= Self.stepLimit, let last = span.places.last,
            let (relation, right) = relation(code.steps[last])
        else { return nil }
        cost += 2 + Plan.textLimit / 10
        if span.places.count == 1, let test = slotTest(base, relation, right) { return test }
        guard let left = operand(base, span.places.dropLast(), depth: 0), let right = operand(right, depth: 0)
        else { return nil }
        return .values(left, relation, right)
    }

    private func relation(_ step: Code.Step) -> (Plan.Relation, right: Int)? {
        switch step {
        case .compare(.less, let right): (.less, right)
        case .compare(.lessOrEqual, let right): (.lessOrEqual, right)
        case .compare(.greater, let right): (.greater, right)
        case .compare(.greaterOrEqual, let right): (.greaterOrEqual, right)
        case .equal(let right, let isNegated): (isNegated ? .notEqual : .equal, right)
        case .compare, .arithmetic, .contained, .select, .presence, .index, .call, .matches, .comprehension,
            .optionalMap, .failure:
            nil
        }
    }

    /// The quick forms: a slot against a constant or against another slot.
    private mutating func slotTest(_ left: Int, _ relation: Plan.Relation, _ right: Int) -> Plan.Test? {
        switch (code.nodes[left], code.nodes[right]) {
        case (.slot(let slot), .constant(let place)): slotTest(slot, relation, code.constants[place])
        case (.constant(let place), .slot(let slot)): slotTest(slot, relation.mirrored, code.constants[place])
        case (.slot(let left), .slot(let right)): .slots(Int32(left), relation, Int32(right))
        case (_, _): nil
        }
    }

    private mutating func slotTest(_ slot: Int, _ relation: Plan.Relation, _ constant: Value) -> Plan.Test? {
        switch (constant, relation) {
        case (.double(let number), _): return .double(Int32(slot), relation, number)
        case (.int(let number), _): return .int(Int32(slot), relation, number)
        case (.bool(let truth), .equal): return .bool(Int32(slot), isEqual: true, truth)
        case (.bool(let truth), .notEqual): return .bool(Int32(slot), isEqual: false, truth)
        case (.string(let text), .equal), (.string(let text), .notEqual):
            guard text.utf8.count <= Plan.textLimit, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
            texts.append(text)
            return .text(Int32(slot), isEqual: relation == .equal, Int32(texts.count - 1))
        case (_, _): return nil
        }
    }

    // MARK: Sides

    private mutating func operand(_ node: Int, depth: Int) -> Int32? {
        guard depth < Self.stepLimit else { return nil }
        cost += 1
        switch code.nodes[node] {
        case .slot(let slot): return add(.slot(Int32(slot)))
        case .constant(let place):
            constants.append(code.constants[place])
            return add(.constant(Int32(constants.count - 1)))
        case .negate(let inner): return operand(inner, depth: depth + 1).map { add(.negated($0)) }
        case .chain(let base, let span): return operand(base, span.places, depth: depth + 1)
        case .slotPresence, .local, .logical, .not, .conditional, .list, .map, .call, .bind: return nil
        }
    }

    private mutating func operand(_ base: Int, _ steps: Range<Int>, depth: Int) -> Int32? {
        guard steps.count <= Self.stepLimit, var left = operand(base, depth: depth) else { return nil }
        for step in steps {
            cost += 1
            guard case .arithmetic(let operation, let right) = code.steps[step],
                let right = operand(right, depth: depth + 1)
            else { return nil }
            left = add(.arithmetic(left, operation, right))
        }
        return left
    }

    private mutating func add(_ operand: Plan.Operand) -> Int32 {
        operands.append(operand)
        return Int32(operands.count - 1)
    }
}
