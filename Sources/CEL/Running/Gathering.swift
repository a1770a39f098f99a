/// What a macro has gathered on its walk so far.
struct Gathering {
    private let kind: Syntax.Comprehension.Kind
    private var verdict: Verdict
    private var missing: Value?
    private var values: [Value] = []
    private var sortKeys: [Value] = []
    private var map = CELMap()
    private var hits = 0

    init(_ kind: Syntax.Comprehension.Kind) {
        self.kind = kind
        verdict = Verdict(kind == .exists ? .or : .and)
    }

    /// Whether an element passed the filter.
    mutating func admits(_ test: Value) -> Bool {
        if case .bool(let truth) = test { return truth }
        note(
            test.isKnown ? .failure(.noSuchOverload, "a filter is true or false, not \(test.typeName)") : test
        )
        return false
    }

    private mutating func note(_ absent: Value) {
        missing = missing.flatMap { Missing.of($0, absent) } ?? absent
    }

    /// Adds one outcome; true when the rest of the walk does not matter.
    mutating func take(_ outcome: Value, item: Value, key: Value, at range: SourceRange) -> Bool {
        switch kind {
        case .all, .exists: return verdict.take(outcome, at: range)
        case .existsOne: if admits(outcome) { hits += 1 }
        case .filter: if admits(outcome) { values.append(item) }
        case .map, .transformList, .transformMap, .transformMapEntry, .sortBy: keep(outcome, item, key)
        }
        return false
    }

    private mutating func keep(_ outcome: Value, _ item: Value, _ key: Value) {
        guard outcome.isKnown else { return note(outcome) }
        switch kind {
        case .map, .transformList: values.append(outcome)
        case .transformMap: insert(key, outcome)
        case .transformMapEntry: insertEntries(of: outcome)
        case .sortBy:
            values.append(item)
            sortKeys.append(outcome)
        case .all, .exists, .existsOne, .filter: break
        }
    }

    private mutating func insert(_ key: Value, _ value: Value) {
        if let failure = Run.insert(key, value, into: &map) { note(failure) }
    }

    private mutating func insertEntries(of outcome: Value) {
        guard case .map(let entries) = outcome else {
            return note(.failure(.noSuchOverload, "this needs a map, not \(outcome.typeName)"))
        }
        for entry in entries.entries { insert(entry.key, entry.value) }
    }

    /// What the walk came to.
    func result(_ meter: inout Meter) -> Value {
        switch kind {
        case .all, .exists: verdict.value
        case .existsOne: missing ?? .bool(hits == 1)
        case .map, .filter, .transformList: missing ?? .list(values)
        case .transformMap, .transformMapEntry: missing ?? .map(map)
        case .sortBy: missing ?? Sorting.sort(values, by: sortKeys, &meter)
        }
    }
}
