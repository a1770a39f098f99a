/// What an evaluation may still spend. Work is paid for before it is done, so that it stays bounded.
struct Meter: Sendable {
    private(set) var remaining: Int

    init(limit: Int) { remaining = limit }

    var isEmpty: Bool { remaining < 0 }

    /// Pays `cost` units; false when there is not enough left, and then nothing more can be paid.
    @inline(__always)
    mutating func pay(_ cost: Int) -> Bool {
        guard cost <= remaining else { return runDry() }
        remaining -= cost
        return true
    }

    /// Pays for reading or writing that many bytes: one unit for ten.
    @inline(__always)
    mutating func pay(bytes: Int) -> Bool { pay(bytes / 10) }

    /// Pays for looking a key up.
    mutating func pay(forKey key: Value) -> Bool {
        guard case .string(let text) = key else { return true }
        return pay(bytes: text.utf8.count)
    }

    /// Pays for every element within a value, as often as it appears.
    mutating func payForAll(of value: Value) -> Bool {
        switch value {
        case .list(let elements): pay(elements.count) && elements.allSatisfy { payForAll(of: $0) }
        case .map(let map): pay(map.count) && map.entries.allSatisfy { payForAll(of: $0.value) }
        case .optional(let held): held.map { payForAll(of: $0) } ?? true
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .unknown,
            .error:
            true
        }
    }

    private mutating func runDry() -> Bool {
        remaining = -1
        return false
    }
}
