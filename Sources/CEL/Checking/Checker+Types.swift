/// The types of fields, indexes, operators, literals and conditionals.
extension Checker {
    // MARK: Fields and indexes

    mutating func selectType(_ field: String, of operand: Type, _ isOptional: Bool, at id: Syntax.ID) -> Type
    {
        let operand = substitution.shallow(operand)
        if case .optional(let held) = operand { return .optional(fieldType(field, of: held, at: id)) }
        let type = fieldType(field, of: operand, at: id)
        return isOptional ? .optional(type) : type
    }

    private mutating func fieldType(_ field: String, of operand: Type, at id: Syntax.ID) -> Type {
        switch substitution.shallow(operand) {
        case .map(let key, let value):
            guard !substitution.accept([.string], as: [key]) else { return value }
            report(Issue(.noOverload, "the keys of \(name(operand)) are no texts", syntax.ranges[id]), at: id)
            return .dyn
        case .dyn, .variable: return .dyn
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .optional,
            .wrapper, .opaque,
            .type:
            let message = "\(name(operand)) has no field `\(field)`"
            report(Issue(.typeMismatch, message, syntax.ranges[id]), at: id)
            return .dyn
        }
    }

    mutating func indexType(_ operand: Type, _ key: Type, _ isOptional: Bool, at id: Syntax.ID) -> Type {
        let operand = substitution.shallow(operand)
        if case .optional(let held) = operand { return .optional(elementType(held, key, at: id)) }
        let type = elementType(operand, key, at: id)
        return isOptional ? .optional(type) : type
    }

    private mutating func elementType(_ operand: Type, _ key: Type, at id: Syntax.ID) -> Type {
        switch substitution.shallow(operand) {
        case .list(let element):
            if substitution.accept([key], as: [.int]) { return element }
        case .map(let wanted, let value):
            if substitution.accept([key], as: [wanted]) || (isNumeric(key) && isNumeric(wanted)) {
                return value
            }
        case .dyn, .variable: return .dyn
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .optional, .wrapper,
            .opaque, .type:
            break
        }
        report(
            Issue(.noOverload, "\(name(operand)) has no element at \(name(key))", syntax.ranges[id]), at: id)
        return .dyn
    }

    func isNumeric(_ type: Type) -> Bool { substitution.resolve(type).isNumeric }

    // MARK: Operators

    mutating func applyPrefix(
        _ spelling: String, _ signatures: [Signature], _ operand: Syntax.ID, at id: Syntax.ID
    ) -> Type {
        let given = type(of: operand)
        if let result = apply(signatures, [given]) { return result }
        report(Issue(.noOverload, "there is no `\(spelling)` for \(name(given))", syntax.ranges[id]), at: id)
        return .dyn
    }

    mutating func binaryType(_ operation: BinaryOperator, _ left: Type, _ right: Syntax.ID, at id: Syntax.ID)
        -> Type
    {
        let given = [left, type(of: right)]
        if let result = apply(OperatorSignatures.of(operation), given) { return result }
        if isLenient(operation, given) { return .bool }
        report(noOperator(operation, given, right, at: id), at: id)
        return .dyn
    }

    /// Comparisons that are safe although the types differ: numbers of two kinds, and anything with null.
    private func isLenient(_ operation: BinaryOperator, _ given: [Type]) -> Bool {
        switch operation {
        case .equal, .notEqual:
            given.allSatisfy(isNumeric) || given.contains { substitution.shallow($0) == .null }
        case .less, .lessOrEqual, .greater, .greaterOrEqual: given.allSatisfy(isNumeric)
        case .isIn: isNumeric(given[0]) && substitution.resolve(given[1]).parts.first.map(isNumeric) ?? false
        case .add, .subtract, .multiply, .divide, .remainder: false
        }
    }

    private func noOperator(
        _ operation: BinaryOperator, _ given: [Type], _ right: Syntax.ID, at id: Syntax.ID
    ) -> Issue {
        var message = "there is no `\(operation.rawValue)` for \(name(given[0])) and \(name(given[1]))"
        if given.allSatisfy(isNumeric) { message += ": " + conversionHint(given, right, at: id) }
        return Issue(.noOverload, message, syntax.ranges[id])
    }

    /// How to bring two kinds of number together; a literal is simply written as a double.
    private func conversionHint(_ given: [Type], _ right: Syntax.ID, at id: Syntax.ID) -> String {
        let kinds = given.map { substitution.resolve($0).unwrapped }
        guard let target = kinds.first(where: { $0 == .double }) ?? kinds.first(where: { $0 == .int }) else {
            return "numbers here must be of one kind"
        }
        let other = kinds[0] == target ? right : syntax.head(of: id) ?? right
        if target == .double, case .literal(.int(let number)) = syntax[other] { return "write `\(number).0`" }
        return "wrap the other side as \(target)(…)"
    }

    mutating func logicalType(_ logic: Logic, _ operands: [Syntax.ID]) -> Type {
        for operand in operands {
            let given = type(of: operand)
            guard !substitution.accept([given], as: [.bool]) else { continue }
            let spelling = logic == .and ? "&&" : "||"
            let message = "`\(spelling)` joins conditions, but this gives \(name(given))"
            report(Issue(.noOverload, message, syntax.ranges[operand]), at: operand)
        }
        return .bool
    }

    mutating func conditionalType(
        _ condition: Syntax.ID, _ then: Syntax.ID, _ otherwise: Syntax.ID, at id: Syntax.ID
    ) -> Type {
        let given = type(of: condition)
        if !substitution.accept([given], as: [.bool]) {
            let message = "`?` needs a condition before it, but this gives \(name(given))"
            report(Issue(.noOverload, message, syntax.ranges[condition]), at: condition)
        }
        let branches = [type(of: then), type(of: otherwise)]
        if let result = apply([.global([.a, .a], .a)], branches) { return result }
        let message = "the two outcomes differ: \(name(branches[0])) and \(name(branches[1]))"
        report(Issue(.typeMismatch, message, syntax.ranges[id]), at: id)
        return .dyn
    }

    // MARK: Literals

    mutating func listType(_ elements: [Syntax.Element]) -> Type {
        var joined: Type?
        for element in elements {
            let type = unwrapOptional(type(of: element.value), element.isOptional, at: element.value)
            joined = joined.map { substitution.join($0, type) } ?? type
        }
        return .list(joined ?? substitution.freshVariable())
    }

    mutating func mapType(_ entries: [Syntax.Entry]) -> Type {
        var key: Type?
        var value: Type?
        for entry in entries {
            let keyType = type(of: entry.key)
            requireKey(keyType, at: entry.key)
            let valueType = unwrapOptional(type(of: entry.value), entry.isOptional, at: entry.value)
            key = key.map { substitution.join($0, keyType) } ?? keyType
            value = value.map { substitution.join($0, valueType) } ?? valueType
        }
        return .map(key ?? substitution.freshVariable(), value ?? substitution.freshVariable())
    }

    private mutating func requireKey(_ type: Type, at id: Syntax.ID) {
        switch substitution.shallow(type) {
        case .bool, .int, .uint, .string, .dyn, .variable: return
        case .null, .double, .bytes, .timestamp, .duration, .list, .map, .optional, .wrapper, .opaque, .type:
            report(Issue(.typeMismatch, "\(name(type)) can not be a key", syntax.ranges[id]), at: id)
        }
    }

    private mutating func unwrapOptional(_ type: Type, _ isOptional: Bool, at id: Syntax.ID) -> Type {
        guard isOptional else { return type }
        let held = substitution.freshVariable()
        if substitution.accept([type], as: [.optional(held)]) { return held }
        report(
            Issue(.typeMismatch, "`?` needs an optional, but this is \(name(type))", syntax.ranges[id]),
            at: id)
        return .dyn
    }
}
