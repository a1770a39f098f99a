/// What the checker has found out about type variables so far, and the rules of what may stand for what.
///
/// The rules are those of the CEL specification's reference checker: `dyn` agrees with everything, and of two
/// types that agree a variable keeps the more general one.
struct Substitution: Sendable {
    private var found: [Int: Type] = [:]
    private var nextVariable = 100

    /// Types in programmes and literals are shallow; a deeper one is taken as `dyn`.
    private static let depthLimit = 64

    /// A variable that stands for nothing yet.
    mutating func freshVariable() -> Type {
        nextVariable += 1
        return .variable(nextVariable)
    }

    /// A copy of the types in which each variable is replaced by a fresh one.
    mutating func fresh(_ types: [Type]) -> [Type] {
        var renamed: [Int: Type] = [:]
        return types.map { rename($0, &renamed) }
    }

    private mutating func rename(_ type: Type, _ renamed: inout [Int: Type]) -> Type {
        if case .variable(let id) = type {
            if let known = renamed[id] { return known }
            let variable = freshVariable()
            renamed[id] = variable
            return variable
        }
        switch type {
        case .list(let element): return .list(rename(element, &renamed))
        case .map(let key, let value): return .map(rename(key, &renamed), rename(value, &renamed))
        case .optional(let held): return .optional(rename(held, &renamed))
        case .wrapper(let inner): return .wrapper(rename(inner, &renamed))
        case .type(let inner): return .type(rename(inner, &renamed))
        case .opaque(let name, let parts): return .opaque(name, parts.map { rename($0, &renamed) })
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .dyn, .variable:
            return type
        }
    }

    /// The type with its variables replaced by what is known of them.
    func resolve(_ type: Type, unknownAsDyn: Bool = false, depth: Int = 0) -> Type {
        guard depth < Self.depthLimit else { return .dyn }
        if case .variable(let id) = type {
            guard let known = found[id] else { return unknownAsDyn ? .dyn : type }
            return resolve(known, unknownAsDyn: unknownAsDyn, depth: depth + 1)
        }
        return type.mapParts { resolve($0, unknownAsDyn: unknownAsDyn, depth: depth + type.levels) }
    }

    /// The type when it is not a variable, or what the variable is known to be.
    func shallow(_ type: Type) -> Type {
        var type = type
        while case .variable(let id) = type, let known = found[id] { type = known }
        return type
    }

    /// Whether each given type may stand where its wanted one is asked for; on success what was learnt is
    /// kept.
    mutating func accept(_ given: [Type], as wanted: [Type]) -> Bool {
        guard given.count == wanted.count else { return false }
        var trial = self
        guard zip(wanted, given).allSatisfy({ trial.agree($0, $1, depth: 0) }) else { return false }
        self = trial
        return true
    }

    /// The common type of two: the more general when they agree, else `dyn`.
    mutating func join(_ first: Type, _ second: Type) -> Type {
        accept([second], as: [first]) ? moreGeneral(first, second) : .dyn
    }

    private mutating func agree(_ wanted: Type, _ given: Type, depth: Int) -> Bool {
        guard depth < Self.depthLimit else { return true }
        if case .variable(let id) = given {
            let (fits, wasKnown) = bind(id, to: wanted, depth: depth)
            if fits || wasKnown { return fits }
        }
        if case .variable(let id) = wanted { return bind(id, to: given, depth: depth).fits }
        if wanted == .dyn || given == .dyn { return true }
        if wanted == .null { return given.isNullable }
        if given == .null { return wanted.isNullable }
        if case .wrapper(let inner) = wanted { return agree(inner, given.unwrapped, depth: depth + 1) }
        if case .wrapper(let inner) = given { return agree(wanted, inner, depth: depth + 1) }
        return agreeInParts(wanted, given, depth: depth)
    }

    private mutating func agreeInParts(_ wanted: Type, _ given: Type, depth: Int) -> Bool {
        switch (wanted, given) {
        case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)):
            return agree(a, b, depth: depth + 1)
        case (.map(let ka, let va), .map(let kb, let vb)):
            return agree(ka, kb, depth: depth + 1) && agree(va, vb, depth: depth + 1)
        case (.type, .type): return true
        case (.opaque(let a, let partsOfA), .opaque(let b, let partsOfB)):
            guard a.hasSameBytes(as: b), partsOfA.count == partsOfB.count else { return false }
            return zip(partsOfA, partsOfB).allSatisfy { agree($0, $1, depth: depth + wanted.levels) }
        case (_, _): return wanted == given
        }
    }

    private mutating func bind(_ variable: Int, to type: Type, depth: Int) -> (fits: Bool, wasKnown: Bool) {
        if type == .variable(variable) { return (true, true) }
        if let known = found[variable] {
            if known == type { return (true, true) }
            guard agree(type, known, depth: depth + 1) else { return (false, true) }
            let general = moreGeneral(type, known)
            if !mentions(variable, in: general, depth: 0) { found[variable] = general }
            return (true, true)
        }
        guard !mentions(variable, in: type, depth: 0) else { return (false, false) }
        found[variable] = type
        return (true, false)
    }

    private func mentions(_ variable: Int, in type: Type, depth: Int) -> Bool {
        guard depth < Self.depthLimit else { return true }
        if case .variable(let id) = type {
            return id == variable || found[id].map { mentions(variable, in: $0, depth: depth + 1) } ?? false
        }
        return type.parts.contains { mentions(variable, in: $0, depth: depth + type.levels) }
    }

    private func moreGeneral(_ first: Type, _ second: Type) -> Type {
        isAtLeastAsGeneral(first, second) ? first : second
    }

    private func isAtLeastAsGeneral(_ first: Type, _ second: Type) -> Bool {
        switch (first, second) {
        case (.dyn, _), (.variable, _): true
        case (_, .dyn), (_, .variable): false
        case (.wrapper(let a), .wrapper(let b)): isAtLeastAsGeneral(a, b)
        case (.wrapper, _): true
        case (_, .wrapper): false
        case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)): isAtLeastAsGeneral(a, b)
        case (.map(let ka, let va), .map(let kb, let vb)):
            isAtLeastAsGeneral(ka, kb) && isAtLeastAsGeneral(va, vb)
        case (.opaque(let a, let partsOfA), .opaque(let b, let partsOfB)):
            a == b && partsOfA.count == partsOfB.count && zip(partsOfA, partsOfB).allSatisfy(isAtLeastAsGeneral)
        case (_, .null): first.isNullable
        case (.type, .type): true
        case (_, _): first == second
        }
    }
}

extension Type {
    /// What a wrapper holds, or the type itself.
    var unwrapped: Type {
        if case .wrapper(let inner) = self { inner } else { self }
    }

    /// How many levels of the depth limit the parts lie below the whole. A type of the host's may name one type several
    /// times in each level, so that few levels make a large tree.
    fileprivate var levels: Int {
        if case .opaque = self { 16 } else { 1 }
    }
}
