import CEL

extension Value {
    var isOutOfCost: Bool {
        if case .error(let error) = self { error.code == .costExceeded } else { false }
    }

    /// Whether the value is one that the checker's type allows.
    func isOf(_ type: Type) -> Bool {
        switch type {
        case .dyn, .variable, .opaque: true
        case .wrapper(let inner): isNull || isOf(inner)
        case .list(let element): elements?.allSatisfy { $0.isOf(element) } ?? false
        case .map(let key, let value): entries?.allSatisfy { $0.key.isOf(key) && $0.value.isOf(value) } ?? false
        case .optional(let inner): isNull || isOptional(of: inner)
        // Null stands in for these by the language's own rules.
        case .timestamp, .duration: isNull || typeName.description == type.runTimeName
        case .null, .bool, .int, .uint, .double, .string, .bytes, .type: typeName.description == type.runTimeName
        }
    }

    private var isNull: Bool { if case .null = self { true } else { false } }
    private var elements: [Value]? { if case .list(let values) = self { values } else { nil } }
    private var entries: [CELMap.Entry]? { if case .map(let map) = self { map.entries } else { nil } }

    private func isOptional(of inner: Type) -> Bool {
        if case .optional(let held) = self { held?.isOf(inner) ?? true } else { false }
    }

    /// Whether its text is an expression: no parts that are no values, and not too deep.
    func isWritable(depth: Int) -> Bool {
        guard depth > 0 else { return false }
        switch self {
        case .unknown, .error: return false
        case .list(let values): return values.count < 500 && values.allSatisfy { $0.isWritable(depth: depth - 1) }
        case .map(let map): return map.count < 500 && map.entries.allSatisfy { $0.value.isWritable(depth: depth - 1) }
        case .optional(let held): return held?.isWritable(depth: depth - 1) ?? true
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type: return true
        }
    }

    /// Equal part by part; every NaN is as good as another.
    func isSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.double(let a), .double(let b)): return a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
        case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
        case (.map(let a), .map(let b)):
            return a.count == b.count && a.entries.allSatisfy { entry in b[entry.key]?.isSame(as: entry.value) == true }
        case (.optional(let a?), .optional(let b?)): return a.isSame(as: b)
        case (_, _): return self == other
        }
    }
}

extension Type {
    /// What `type(x)` gives of its values.
    fileprivate var runTimeName: String {
        switch self {
        case .null: "null_type"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case _: description
        }
    }
}
