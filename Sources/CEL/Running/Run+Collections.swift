/// List and map literals, and the macros that walk a list or a map.
extension Run {
    mutating func list(_ span: Code.Span, _ read: SlotReader) -> Value {
        var values: [Value] = []
        var missing: Value?
        for place in span.places {
            let element = code.elements[place]
            let value = present(value(of: element.node, read), element.isOptional)
            guard let value else { continue }
            if value.isKnown {
                values.append(value)
            } else {
                missing = missing.flatMap { Missing.of($0, value) } ?? value
            }
        }
        return missing ?? .list(values)
    }

    /// The value of an element: what an optional one holds, nil when it holds nothing.
    private func present(_ value: Value, _ isOptional: Bool) -> Value? {
        guard isOptional, value.isKnown else { return value }
        guard case .optional(let held) = value else {
            return .failure(.noSuchOverload, "`?` needs an optional, not \(value.typeName)")
        }
        return held
    }

    mutating func map(_ span: Code.Span, _ read: SlotReader) -> Value {
        var map = CELMap()
        var missing: Value?
        for place in span.places {
            let entry = code.entries[place]
            let key = value(of: entry.key, read)
            guard meter.pay(forKey: key) else { return Call.tooExpensive }
            guard let value = present(value(of: entry.value, read), entry.isOptional) else { continue }
            let outcome = Missing.of(key, value) ?? Self.insert(key, value, into: &map)
            if let outcome { missing = missing.flatMap { Missing.of($0, outcome) } ?? outcome }
        }
        return missing ?? .map(map)
    }

    /// Adds an entry, or says why not.
    static func insert(_ key: Value, _ value: Value, into map: inout CELMap) -> Value? {
        guard key.isMapKey else { return .failure(.invalidArgument, "\(key.typeName) can not be a key") }
        guard map.insert(key, value) else { return .failure(.invalidArgument, "a key is there twice") }
        return nil
    }

    // MARK: Macros

    mutating func comprehend(_ macro: Code.Comprehension, over range: Value, _ read: SlotReader) -> Value {
        guard let walk = Walk(range) else {
            let message = "this walks a list or a map, not \(range.typeName)"
            return range.isKnown ? .failure(.noSuchOverload, message) : range
        }
        var gathering = Gathering(macro.kind)
        for place in 0..<walk.count {
            guard meter.pay(1) else { return Call.tooExpensive }
            let (key, element) = walk[place]
            bind(macro, key, element, walk)
            if let filter = macro.filter, !gathering.admits(value(of: filter, read)) { continue }
            let outcome = value(of: macro.body, read)
            let item = walk.isMap && macro.variableCount == 1 ? key : element
            if gathering.take(outcome, item: item, key: key, at: code.nodeRanges[macro.body]) { break }
        }
        return gathering.result(&meter)
    }

    private mutating func bind(_ macro: Code.Comprehension, _ key: Value, _ element: Value, _ walk: Walk) {
        #if PLANTED_TRAPS
            // As if a map's walk took its variables to stand behind twice as many: beyond the end only when it is nested.
            if walk.isMap, macro.variableCount == 2, macro.firstLocal >= 2 { PlantedTrap.spring() }
        #endif
        if macro.variableCount == 2 {
            locals[macro.firstLocal] = key
            locals[macro.firstLocal + 1] = element
        } else {
            locals[macro.firstLocal] = walk.isMap ? key : element
        }
    }
}

/// A list or a map as a row of pairs: index and element, or key and value.
private enum Walk {
    case list([Value])
    case map([CELMap.Entry])

    init?(_ value: Value) {
        if case .list(let elements) = value {
            self = .list(elements)
        } else if case .map(let map) = value {
            self = .map(map.entries)
        } else {
            return nil
        }
    }

    var isMap: Bool {
        if case .map = self { true } else { false }
    }

    var count: Int {
        switch self {
        case .list(let elements): elements.count
        case .map(let entries): entries.count
        }
    }

    subscript(place: Int) -> (key: Value, element: Value) {
        switch self {
        case .list(let elements): (.int(Int64(place)), elements[place])
        case .map(let entries): (entries[place].key, entries[place].value)
        }
    }
}
