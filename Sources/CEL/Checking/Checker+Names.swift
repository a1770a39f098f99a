/// Resolving names: variables, declared paths, open prefixes, literal calls, type names.
extension Checker {
    /// The type of a node that is a name of something, or nil when it is anything else.
    mutating func nameType(_ id: Syntax.ID) -> Type? {
        if let type = literalCallType(id) ?? openIndexType(id) ?? namespacedCallType(id) { return type }
        guard let (words, isAbsolute) = dottedName(id) else { return nil }
        if !isAbsolute, let variable = variable(words[0]) {
            guard words.count == 1 else { return nil }
            checked.meanings[id] = .local(variable.place)
            return variable.type
        }
        if let (path, type) = declared(words, isAbsolute) {
            checked.meanings[id] = .slot(slot(.path(path)))
            return isPresence(id) ? .bool : type
        }
        return standardName(words, at: id) ?? undeclaredType(words, at: id)
    }

    /// A dotted name, which `has(a.b)` also contains.
    private func dottedName(_ id: Syntax.ID) -> (words: [String], isAbsolute: Bool)? {
        guard case .presence(let operand, let field) = syntax[id] else { return syntax.dottedName(id) }
        guard let (words, isAbsolute) = syntax.dottedName(operand) else { return nil }
        return (words + [field], isAbsolute)
    }

    private func isPresence(_ id: Syntax.ID) -> Bool {
        if case .presence = syntax[id] { true } else { false }
    }

    /// The declaration of exactly these words, in the container first.
    private func declared(_ words: [String], _ isAbsolute: Bool) -> (path: String, type: Type)? {
        let name = words.joined(separator: ".")
        let prefix = words.dropLast().map { $0 + "." }.joined()
        for namespace in isAbsolute ? [""] : namespaces {
            if let type = vocabulary.paths[namespace + name] { return (namespace + name, type) }
            if let type = vocabulary.openPrefixes[namespace + prefix] { return (namespace + name, type) }
        }
        return nil
    }

    /// The container and those around it, innermost first, each with a dot at the end; then none.
    private var namespaces: [String] {
        var words = vocabulary.container.split(separator: ".")
        var namespaces: [String] = []
        while !words.isEmpty {
            namespaces.append(words.joined(separator: ".") + ".")
            words.removeLast()
        }
        return namespaces + [""]
    }

    private mutating func standardName(_ words: [String], at id: Syntax.ID) -> Type? {
        guard let (type, name) = Type.named[words.joined(separator: ".")] else { return nil }
        checked.meanings[id] = .typeName(name)
        return .type(type)
    }

    // MARK: Literal calls

    /// `m("users.active.7d")`, or a field of one that gives a record.
    private mutating func literalCallType(_ id: Syntax.ID) -> Type? {
        switch syntax[id] {
        case .call(let name, nil, let arguments):
            guard let call = vocabulary.literalCalls[name] else { return nil }
            guard let argument = literalArgument(of: name, arguments, at: id) else { return .dyn }
            return wholeCallType(call, name, argument, at: id)
        case .select(let operand, let field, false), .presence(let operand, let field):
            guard case .call(let name, nil, let arguments) = syntax[operand],
                let call = vocabulary.literalCalls[name], !call.fields.isEmpty
            else { return nil }
            guard let argument = literalArgument(of: name, arguments, at: operand) else { return .dyn }
            let type = fieldType(call, name, argument, field, at: id)
            return isPresence(id) ? .bool : type
        case .literal, .name, .select, .index, .call, .list, .map, .logical, .not, .negate, .binary,
            .conditional,
            .comprehension, .bind, .optionalMap:
            return nil
        }
    }

    private mutating func literalArgument(of name: String, _ arguments: [Syntax.ID], at id: Syntax.ID)
        -> String?
    {
        if arguments.count == 1, case .literal(.string(let text)) = syntax[arguments[0]] { return text }
        let message = "`\(name)` takes one name in quotes: \(name)(\"…\")"
        report(Issue(.badLiteral, message, syntax.ranges[id]), at: id, as: .invalidArgument)
        return nil
    }

    private mutating func wholeCallType(
        _ call: LiteralCall, _ name: String, _ argument: String, at id: Syntax.ID
    ) -> Type {
        guard let type = resolved(call, name, argument, at: id) else { return .dyn }
        guard call.fields.isEmpty else {
            let fields = call.fields.keys.sorted(by: Suggestions.inByteOrder)
            let message = "`\(name)(\"\(argument)\")` is a record: select one of its fields"
            let names = Array(fields.prefix(Suggestions.limit))
            report(
                Issue(.notAValue, message, syntax.ranges[id], suggestions: names), at: id, as: .noSuchField)
            return .dyn
        }
        checked.meanings[id] = .slot(slot(.literalCall(name: name, argument: argument, field: nil)))
        return type
    }

    private mutating func fieldType(
        _ call: LiteralCall, _ name: String, _ argument: String, _ field: String, at id: Syntax.ID
    ) -> Type {
        guard resolved(call, name, argument, at: id) != nil else { return .dyn }
        guard let type = call.fields[field] else {
            let near = Suggestions.near(field, among: call.fields.keys)
            let message = "`\(name)(…)` has no field `\(field)`"
            report(
                Issue(.undeclared, message, syntax.ranges[id], suggestions: near), at: id, as: .noSuchField)
            return .dyn
        }
        checked.meanings[id] = .slot(slot(.literalCall(name: name, argument: argument, field: field)))
        return type
    }

    private mutating func resolved(
        _ call: LiteralCall, _ name: String, _ argument: String, at id: Syntax.ID
    ) -> Type? {
        if let type = call.resolve(argument) { return type }
        let near = Suggestions.near(argument, among: call.names())
        let message = "`\(name)` knows no \"\(argument)\""
        report(Issue(.undeclared, message, syntax.ranges[id], suggestions: near), at: id, as: .noSuchField)
        return nil
    }

    // MARK: Open prefixes

    /// `event.data["a-b"]`: a field under an open prefix whose name needs quotes.
    private mutating func openIndexType(_ id: Syntax.ID) -> Type? {
        guard case .index(let operand, let key, false) = syntax[id],
            case .literal(.string(let field)) = syntax[key],
            let (words, isAbsolute) = syntax.dottedName(operand),
            isAbsolute || variable(words[0]) == nil, declared(words, isAbsolute) == nil,
            let (path, type) = declaredOpen(words, field, isAbsolute)
        else { return nil }
        checked.meanings[id] = .slot(slot(.path(path)))
        return type
    }

    private func declaredOpen(_ words: [String], _ field: String, _ isAbsolute: Bool) -> (String, Type)? {
        let prefix = words.map { $0 + "." }.joined()
        for namespace in isAbsolute ? [""] : namespaces {
            if let type = vocabulary.openPrefixes[namespace + prefix] {
                return (namespace + prefix + field, type)
            }
        }
        return nil
    }

    // MARK: Undeclared names

    /// A name that nothing stands for. Nil when the words are the field of something that may stand for
    /// itself.
    private mutating func undeclaredType(_ words: [String], at id: Syntax.ID) -> Type? {
        if words.count > 1, beginsDeclaredName(words) { return nil }
        if !vocabulary.isChecked {
            guard words.count == 1 else { return nil }
            checked.meanings[id] = .slot(slot(.path(words[0])))
            return .dyn
        }
        report(undeclared(words, at: id), at: id)
        return .dyn
    }

    /// Whether some shorter beginning of the words is declared, or is a variable or a type.
    private func beginsDeclaredName(_ words: [String]) -> Bool {
        (1..<words.count).contains { count in
            let beginning = Array(words.prefix(count))
            return declared(beginning, false) != nil || Type.named[beginning.joined(separator: ".")] != nil
        }
    }

    private func undeclared(_ words: [String], at id: Syntax.ID) -> Issue {
        let name = words.joined(separator: ".")
        let range = syntax.ranges[id]
        let below = (Array(vocabulary.paths.keys) + Array(vocabulary.openPrefixes.keys)).filter {
            $0.hasPrefix(name + ".")
        }
        if !below.isEmpty {
            let names = Array(below.sorted(by: Suggestions.inByteOrder).prefix(Suggestions.limit))
            return Issue(.notAValue, "`\(name)` is a group of names: select one", range, suggestions: names)
        }
        let near = Suggestions.near(name, among: nameCandidates)
        return Issue(.undeclared, "nothing here is called `\(name)`", range, suggestions: near)
    }

    private var nameCandidates: [String] {
        Array(vocabulary.paths.keys) + scopeNames + Array(vocabulary.literalCalls.keys)
    }
}
