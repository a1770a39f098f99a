extension Value: Hashable {
    public static func == (left: Value, right: Value) -> Bool {
        switch left {
        case .null: if case .null = right { true } else { false }
        case .bool(let a): if case .bool(let b) = right { a == b } else { false }
        case .int(let a): if case .int(let b) = right { a == b } else { false }
        case .uint(let a): if case .uint(let b) = right { a == b } else { false }
        case .double(let a): if case .double(let b) = right { a.bitPattern == b.bitPattern } else { false }
        case .string(let a): if case .string(let b) = right { a.hasSameBytes(as: b) } else { false }
        case .bytes(let a): if case .bytes(let b) = right { a == b } else { false }
        case .list(let a): if case .list(let b) = right { a == b } else { false }
        case .map(let a): if case .map(let b) = right { a == b } else { false }
        case .timestamp(let a): if case .timestamp(let b) = right { a == b } else { false }
        case .duration(let a): if case .duration(let b) = right { a == b } else { false }
        case .type(let a): if case .type(let b) = right { a == b } else { false }
        case .optional(let a): if case .optional(let b) = right { a == b } else { false }
        case .unknown(let a): if case .unknown(let b) = right { a == b } else { false }
        case .error(let a): if case .error(let b) = right { a == b } else { false }
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let truth): hasher.combine(truth)
        case .int(let number): hasher.combine(number)
        case .uint(let number): hasher.combine(number)
        case .double(let number): hasher.combine(number.bitPattern)
        case .string(let text): hasher.combine(text)
        case .bytes(let bytes): hasher.combine(bytes)
        case .list(let elements): hasher.combine(elements)
        case .map(let map): hasher.combine(map)
        case .timestamp(let instant): hasher.combine(instant)
        case .duration(let span): hasher.combine(span)
        case .type(let type): hasher.combine(type)
        case .optional(let held): hasher.combine(held)
        case .unknown(let slots): hasher.combine(slots)
        case .error(let error): hasher.combine(error)
        }
    }
}

extension String {
    /// Whether both hold the same code points. Swift's own `==` also accepts canonically equivalent texts.
    func hasSameBytes(as other: String) -> Bool {
        let (left, right) = (utf8, other.utf8)
        guard left.count == right.count else { return false }
        let (bytes, others) = (left.span, right.span)
        return bytes.indices.allSatisfy { bytes[$0] == others[$0] }
    }
}
