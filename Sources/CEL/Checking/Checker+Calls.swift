/// The types of calls and macros.
extension Checker {
    /// The result of the first signature that takes the arguments, or nil when none does.
    ///
    /// Where arguments are `dyn` any signature that takes them may be meant, and the result is what all have
    /// in common.
    mutating func apply(_ signatures: [Signature], _ arguments: [Type]) -> Type? {
        let isConcrete = arguments.allSatisfy { !mayBeAnything($0) }
        var result: Type?
        for signature in signatures {
            let types = substitution.fresh([signature.result] + signature.parameters(for: arguments.count))
            guard substitution.accept(arguments, as: Array(types.dropFirst())) else { continue }
            let given = substitution.resolve(types[0])
            result = result.map { $0 == given ? $0 : .dyn } ?? given
            if isConcrete { break }
        }
        return result
    }

    /// Whether more than one signature may turn out to be meant.
    private func mayBeAnything(_ type: Type) -> Bool {
        let type = substitution.resolve(type, unknownAsDyn: true)
        return type == .dyn || type.parts.contains(.dyn)
    }

    private func function(_ name: String) -> Function? {
        Library.functions[name] ?? vocabulary.functions[name]
    }

    /// What can be called in this way under this name: the library's function first, then the host's.
    private func functions(_ name: String, isMember: Bool) -> [Function] {
        [Library.functions[name], vocabulary.functions[name]].compactMap(\.self)
            .filter { !$0.signatures(isMember: isMember).isEmpty }
    }

    mutating func globalCallType(_ name: String, _ arguments: [Syntax.ID], at id: Syntax.ID) -> Type {
        let types = arguments.map { type(of: $0) }
        return callType(name, types, isMember: false, at: id)
    }

    mutating func memberCallType(_ name: String, _ target: Type, _ arguments: [Syntax.ID], at id: Syntax.ID)
        -> Type
    {
        let types = arguments.map { type(of: $0) }
        return callType(name, [target] + types, isMember: true, at: id)
    }

    /// `math.floor(x)`: a call whose target is only a namespace.
    mutating func namespacedCallType(_ id: Syntax.ID) -> Type? {
        guard case .call(let name, let target?, let arguments) = syntax[id],
            let (words, _) = syntax.dottedName(target), variable(words[0]) == nil
        else { return nil }
        let full = (words + [name]).joined(separator: ".")
        guard function(full) != nil else { return nil }
        return globalCallType(full, arguments, at: id)
    }

    private mutating func callType(_ name: String, _ arguments: [Type], isMember: Bool, at id: Syntax.ID)
        -> Type
    {
        let known = functions(name, isMember: isMember)
        guard let first = known.first else {
            report(unknownFunction(name, isMember, at: id), at: id, as: .noSuchOverload)
            checked.meanings[id] = .failure(
                EvaluationError(.noSuchOverload, "there is no function `\(name)`", range: syntax.ranges[id]))
            return .dyn
        }
        for function in known {
            guard let result = apply(function.signatures(isMember: isMember), arguments) else { continue }
            checked.meanings[id] = .function(function, isMember: isMember)
            return result
        }
        return refuse(first, arguments, isMember, at: id)
    }

    /// Reports arguments that no signature takes. Without checking, a call with as many arguments as one of them fails
    /// when it is evaluated.
    private mutating func refuse(_ function: Function, _ arguments: [Type], _ isMember: Bool, at id: Syntax.ID) -> Type {
        let takesAsMany = function.signatures(isMember: isMember).contains {
            $0.parameters(for: arguments.count).count == arguments.count
        }
        let mistake = noOverload(function, arguments, isMember, at: id)
        checked.meanings[id] =
            takesAsMany
            ? .function(function, isMember: isMember)
            : .failure(EvaluationError(.noSuchOverload, mistake.message, range: mistake.range))
        report(mistake, at: id)
        return .dyn
    }

    private func unknownFunction(_ name: String, _ isMember: Bool, at id: Syntax.ID) -> Issue {
        let functions = Array(Library.functions.values) + Array(vocabulary.functions.values)
        let fitting = functions.filter { !$0.signatures(isMember: isMember).isEmpty }.map(\.name)
        let candidates = isMember ? fitting : fitting + vocabulary.literalCalls.keys
        let message =
            function(name) == nil
            ? "there is no function `\(name)`"
            : isMember
                ? "`\(name)` is called without a target: \(name)(…)"
                : "`\(name)` is called on a value: x.\(name)(…)"
        let near = Suggestions.near(name, among: candidates)
        return Issue(.unknownFunction, message, syntax.ranges[id], suggestions: near)
    }

    private func noOverload(_ function: Function, _ arguments: [Type], _ isMember: Bool, at id: Syntax.ID)
        -> Issue
    {
        let kinds = arguments.dropFirst(isMember ? 1 : 0).map(name).joined(separator: ", ")
        let call = (isMember ? name(arguments[0]) + "." : "") + "\(function.name)(\(kinds))"
        return Issue(.noOverload, "there is no `\(call)`", syntax.ranges[id])
    }

    // MARK: Macros

    mutating func comprehensionType(
        _ comprehension: Syntax.Comprehension, over range: Type, at id: Syntax.ID
    ) -> Type {
        let variables = zip(
            comprehension.names, variableTypes(range, count: comprehension.names.count, at: id))
        return within(Array(variables), of: id) { checker in
            if let filter = comprehension.filter { checker.requireCondition(filter) }
            return checker.resultType(comprehension, over: range)
        }
    }

    private mutating func variableTypes(_ range: Type, count: Int, at id: Syntax.ID) -> [Type] {
        switch substitution.shallow(range) {
        case .list(let element): return count == 1 ? [element] : [.int, element]
        case .map(let key, let value): return count == 1 ? [key] : [key, value]
        case .dyn, .variable: return [.dyn, .dyn]
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .optional, .wrapper,
            .opaque, .type:
            let place = syntax.head(of: id) ?? id
            let message = "this walks a list or a map, but it is given \(name(range))"
            report(Issue(.typeMismatch, message, syntax.ranges[place]), at: place)
            return [.dyn, .dyn]
        }
    }

    private mutating func resultType(_ comprehension: Syntax.Comprehension, over range: Type) -> Type {
        switch comprehension.kind {
        case .all, .exists, .existsOne:
            requireCondition(comprehension.body)
            return .bool
        case .filter:
            requireCondition(comprehension.body)
            return filteredType(range)
        case .map, .transformList: return .list(type(of: comprehension.body))
        case .transformMap: return .map(keyType(range), type(of: comprehension.body))
        case .transformMapEntry:
            let entry = type(of: comprehension.body)
            let (key, value) = (substitution.freshVariable(), substitution.freshVariable())
            guard substitution.accept([entry], as: [.map(key, value)]) else {
                let message = "this needs a map of one entry, but it is \(name(entry))"
                report(
                    Issue(.typeMismatch, message, syntax.ranges[comprehension.body]), at: comprehension.body)
                return .dyn
            }
            return .map(key, value)
        case .sortBy:
            _ = type(of: comprehension.body)
            return filteredType(range)
        }
    }

    private func filteredType(_ range: Type) -> Type {
        switch substitution.shallow(range) {
        case .list(let element): .list(element)
        case .map(let key, _): .list(key)
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .dyn, .optional,
            .wrapper, .opaque,
            .type, .variable:
            .list(.dyn)
        }
    }

    private func keyType(_ range: Type) -> Type {
        if case .map(let key, _) = substitution.shallow(range) { return key }
        if case .list = substitution.shallow(range) { return .int }
        return .dyn
    }

    private mutating func requireCondition(_ id: Syntax.ID) {
        let given = type(of: id)
        guard !substitution.accept([given], as: [.bool]) else { return }
        let message = "a condition is needed here, but this gives \(name(given))"
        report(Issue(.typeMismatch, message, syntax.ranges[id]), at: id)
    }

    mutating func optionalMapType(
        _ name: String, _ body: Syntax.ID, _ isFlat: Bool, of target: Type, at id: Syntax.ID
    ) -> Type {
        let held = substitution.freshVariable()
        if !substitution.accept([target], as: [.optional(held)]) {
            let message = "this needs an optional before the dot, but it is \(self.name(target))"
            report(Issue(.typeMismatch, message, syntax.ranges[id]), at: id)
        }
        let result = within([(name, held)], of: id) { $0.type(of: body) }
        guard isFlat else { return .optional(result) }
        let inner = substitution.freshVariable()
        return substitution.accept([result], as: [.optional(inner)]) ? .optional(inner) : .dyn
    }
}
