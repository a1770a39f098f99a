/// A number that values must pass, with or without the number itself.
package enum ValueEdge: Hashable, Sendable {
    case above(Double), atLeast(Double), below(Double), atMost(Double)

    /// Keys as definitions and documents spell them.
    package init?(_ key: String, _ value: Double) {
        switch key {
        case "above": self = .above(value)
        case "at_least": self = .atLeast(value)
        case "below": self = .below(value)
        case "at_most": self = .atMost(value)
        case _: return nil
        }
    }

    package var key: String {
        switch self {
        case .above: "above"
        case .atLeast: "at_least"
        case .below: "below"
        case .atMost: "at_most"
        }
    }

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

    /// Whether every value that passes the other one passes this as well; both look the same way.
    package func includes(_ other: ValueEdge) -> Bool {
        if value == other.value { return holds(value) || !other.holds(value) }
        return holds(other.value)
    }
}
