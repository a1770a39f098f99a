/// Macros: calls that are syntax, because they name variables or look at a field without reading it.
extension Parser {
    /// A call, or the macro that it spells.
    mutating func call(
        _ name: String, target: Syntax.ID?, _ arguments: [Syntax.ID], from lower: Int
    ) throws(Issue) -> Syntax.ID {
        let range = range(from: lower)
        let plain = Syntax.Node.call(name, target: target, arguments: arguments)
        guard expandsMacros else { return syntax.add(plain, range) }
        if let target, let node = try receiverMacro(name, target, arguments) {
            return syntax.add(node, range)
        }
        if target == nil, name == "has" { return syntax.add(try presence(arguments, range), range) }
        return syntax.add(plain, range)
    }

    private func presence(_ arguments: [Syntax.ID], _ range: SourceRange) throws(Issue) -> Syntax.Node {
        guard arguments.count == 1, case .select(let operand, let field, false) = syntax[arguments[0]] else {
            throw Issue(.syntax, "`has` asks for one field: has(a.b)", range)
        }
        return .presence(operand, field: field)
    }

    private func receiverMacro(
        _ name: String, _ target: Syntax.ID, _ arguments: [Syntax.ID]
    ) throws(Issue) -> Syntax.Node? {
        switch (name, arguments.count) {
        case ("bind", 3):
            guard case .name("cel", _) = syntax[target] else { return nil }
            return .bind(try variable(arguments[0]), value: arguments[1], body: arguments[2])
        case ("optMap", 2), ("optFlatMap", 2):
            let variable = try variable(arguments[0])
            return .optionalMap(target, name: variable, body: arguments[1], isFlat: name == "optFlatMap")
        case (_, _):
            guard let shape = Self.comprehensions["\(name)/\(arguments.count)"] else { return nil }
            return .comprehension(target, try comprehension(shape, arguments))
        }
    }

    private typealias Shape = (kind: Syntax.Comprehension.Kind, variables: Int)

    /// Name and number of arguments; what is left after the variables is the body, or a filter and the body.
    private static let comprehensions: [String: Shape] = [
        "all/2": (.all, 1), "all/3": (.all, 2),
        "exists/2": (.exists, 1), "exists/3": (.exists, 2),
        "exists_one/2": (.existsOne, 1), "exists_one/3": (.existsOne, 2),
        "existsOne/2": (.existsOne, 1), "existsOne/3": (.existsOne, 2),
        "map/2": (.map, 1), "map/3": (.map, 1), "filter/2": (.filter, 1),
        "transformList/3": (.transformList, 2), "transformList/4": (.transformList, 2),
        "transformMap/3": (.transformMap, 2), "transformMap/4": (.transformMap, 2),
        "transformMapEntry/3": (.transformMapEntry, 2), "transformMapEntry/4": (.transformMapEntry, 2),
        "sortBy/2": (.sortBy, 1),
    ]

    private func comprehension(_ shape: Shape, _ arguments: [Syntax.ID]) throws(Issue) -> Syntax.Comprehension
    {
        var names: [String] = []
        for argument in arguments.prefix(shape.variables) { names.append(try variable(argument)) }
        if names.count == 2, names[0] == names[1] {
            throw Issue(.syntax, "the two variables need different names", syntax.ranges[arguments[1]])
        }
        let rest = arguments.dropFirst(shape.variables)
        return Syntax.Comprehension(
            kind: shape.kind, names: names, filter: rest.count == 2 ? rest.first : nil,
            body: arguments[arguments.count - 1])
    }

    private func variable(_ id: Syntax.ID) throws(Issue) -> String {
        guard case .name(let name, isAbsolute: false) = syntax[id] else {
            throw Issue(.syntax, "a plain variable name belongs here", syntax.ranges[id])
        }
        return name
    }
}
