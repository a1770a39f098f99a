/// The evaluation of plans. All of it can be inlined into its caller, so that slots are read without a detour.
extension Plan {
    @inlinable
    func outcome(_ place: Int, _ source: borrowing some SlotSource) -> Outcome {
        switch tests[place] {
        case .joined(let deciding, let lower, let upper):
            return joined(deciding, Int(lower), Int(upper), source)
        case .not(let test): return negated(outcome(Int(test), source))
        case .conditional(let condition, let then, let otherwise):
            let condition = outcome(Int(condition), source)
            switch condition {
            case .holds: return outcome(Int(then), source)
            case .fails: return outcome(Int(otherwise), source)
            case .unknown, .other: return condition
            }
        case .constant, .flag, .present, .double, .int, .bool, .text, .slots, .values:
            return single(tests[place], source)
        }
    }

    /// One that decides wins, then what `Run` must tell, then unknown.
    @inlinable
    func joined(_ deciding: Bool, _ lower: Int, _ upper: Int, _ source: borrowing some SlotSource) -> Outcome {
        var missing: UInt64 = 0
        var isOther = false
        for place in lower..<upper {
            switch part(place, source) {
            case .holds: if deciding { return .holds }
            case .fails: if !deciding { return .fails }
            case .unknown(let slots): missing |= slots
            case .other: isOther = true
            }
        }
        if isOther { return .other }
        return missing != 0 ? .unknown(missing) : deciding ? .fails : .holds
    }

    /// A test within a row: only those that hold others need a call of their own.
    @inlinable @inline(__always)
    func part(_ place: Int, _ source: borrowing some SlotSource) -> Outcome {
        switch tests[place] {
        case .joined, .not, .conditional: outcome(place, source)
        case .constant, .flag, .present, .double, .int, .bool, .text, .slots, .values:
            single(tests[place], source)
        }
    }

    /// A test that holds no others.
    @inlinable @inline(__always)
    func single(_ test: Test, _ source: borrowing some SlotSource) -> Outcome {
        switch test {
        case .double(let slot, let relation, let number):
            compare(source.value(at: Int(slot)), slot, relation, number)
        case .int(let slot, let relation, let number):
            compare(source.value(at: Int(slot)), slot, relation, number)
        case .flag(let slot): truth(of: source.value(at: Int(slot)), slot)
        case .bool(let slot, let isEqual, let wanted):
            compare(source.value(at: Int(slot)), slot, isEqual, wanted)
        case .text(let slot, let isEqual, let wanted):
            compare(source.value(at: Int(slot)), slot, isEqual, text: Int(wanted))
        case .constant(let truth): truth ? .holds : .fails
        case .present(let slot): presence(of: source.value(at: Int(slot)), slot)
        case .slots(let left, let relation, let right):
            compare(slot(left, source), relation, slot(right, source))
        case .values(let left, let relation, let right):
            compare(value(Int(left), source), relation, value(Int(right), source))
        case .joined, .not, .conditional: .other
        }
    }

    @inlinable @inline(__always)
    func negated(_ outcome: Outcome) -> Outcome {
        switch outcome {
        case .holds: .fails
        case .fails: .holds
        case .unknown, .other: outcome
        }
    }

    // MARK: One slot

    @inlinable @inline(__always)
    func unknown(_ slot: Int32) -> Outcome { .unknown(1 << UInt64(slot)) }

    @inlinable @inline(__always)
    func compare(_ value: Value, _ slot: Int32, _ relation: Relation, _ number: Double) -> Outcome {
        switch value {
        case .double(let given): relation.holds(given, number)
        case .int(let given): relation.holds(Double(given), number)
        case .unknown: unknown(slot)
        case .null: relation.outcomeWhenDifferent
        case .bool, .uint, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .error: .other
        }
    }

    @inlinable @inline(__always)
    func compare(_ value: Value, _ slot: Int32, _ relation: Relation, _ number: Int64) -> Outcome {
        switch value {
        case .int(let given): relation.holds(given, number)
        case .double(let given): relation.holds(given, Double(number))
        case .unknown: unknown(slot)
        case .null: relation.outcomeWhenDifferent
        case .bool, .uint, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .error: .other
        }
    }

    @inlinable @inline(__always)
    func compare(_ value: Value, _ slot: Int32, _ isEqual: Bool, _ wanted: Bool) -> Outcome {
        switch value {
        case .bool(let given): (given == wanted) == isEqual ? .holds : .fails
        case .unknown: unknown(slot)
        case .null: isEqual ? .fails : .holds
        case .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .error:
            .other
        }
    }

    @inlinable @inline(__always)
    func compare(_ value: Value, _ slot: Int32, _ isEqual: Bool, text wanted: Int) -> Outcome {
        switch value {
        case .string(let given):
            given.utf8.count <= Plan.textLimit
                ? isSame(given, texts[wanted]) == isEqual ? .holds : .fails : .other
        case .unknown: unknown(slot)
        case .null: isEqual ? .fails : .holds
        case .bool, .int, .uint, .double, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .error:
            .other
        }
    }

    /// Whether a text holds the same bytes as one that is all ASCII. Swift's `==` also accepts texts that are canonically
    /// equivalent, but those are longer.
    @inlinable @inline(__always)
    func isSame(_ given: String, _ wanted: String) -> Bool {
        given.utf8.count == wanted.utf8.count && given == wanted
    }

    @inlinable @inline(__always)
    func truth(of value: Value, _ slot: Int32) -> Outcome {
        switch value {
        case .bool(let given): given ? .holds : .fails
        case .unknown: unknown(slot)
        case .null, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional,
            .error:
            .other
        }
    }

    @inlinable @inline(__always)
    func presence(of value: Value, _ slot: Int32) -> Outcome {
        switch value {
        case .null: .fails
        case .unknown: unknown(slot)
        case .error: .other
        case .bool, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional:
            .holds
        }
    }

    // MARK: Two values

    /// The slot's value; its own unknown stands in for whatever unknown the host gave.
    @inlinable @inline(__always)
    func slot(_ slot: Int32, _ source: borrowing some SlotSource) -> Value {
        let value = source.value(at: Int(slot))
        if case .unknown = value { return .unknown(UnknownSet(bits: 1 << UInt64(slot))) }
        return value
    }

    @inlinable
    func value(_ place: Int, _ source: borrowing some SlotSource) -> Value {
        switch operands[place] {
        case .slot(let slot): self.slot(slot, source)
        case .constant(let place): constants[Int(place)]
        case .negated(let operand): negate(value(Int(operand), source))
        case .arithmetic(let left, let operation, let right):
            calculate(operation, value(Int(left), source), value(Int(right), source))
        }
    }

    @inlinable @inline(__always)
    func compare(_ left: Value, _ relation: Relation, _ right: Value) -> Outcome {
        switch (left, right) {
        case (.int(let a), .int(let b)): relation.holds(a, b)
        case (.double(let a), .double(let b)): relation.holds(a, b)
        case (_, _): compareOthers(left, relation, right)
        }
    }
}
