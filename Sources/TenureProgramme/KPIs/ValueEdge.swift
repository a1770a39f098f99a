/// A number that values must pass, with or without the number itself.
package enum ValueEdge: Hashable, Sendable {
    case above(Double), atLeast(Double), below(Double), atMost(Double)

    package var value: Double {
        switch self {
        case .above(let value), .atLeast(let value), .below(let value), .atMost(let value): value
        }
    }

    package func holds(_ value: Double) -> Bool {
        switch self {
        case .above(let edge): value > edge
        case .atLeast(let edge): value >= edge
        case .below(let edge): value < edge
        case .atMost(let edge): value <= edge
        }
    }

    /// Which values pass: larger ones or smaller ones.
    package var direction: KPI.Direction {
        switch self {
        case .above, .atLeast: .up
        case .below, .atMost: .down
        }
    }

    /// Whether every value that passes the other one passes this as well; both look the same way.
    package func includes(_ other: ValueEdge) -> Bool {
        if value == other.value { return holds(value) || !other.holds(value) }
        return holds(other.value)
    }
}
