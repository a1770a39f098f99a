/// How often things happen at the simulated vendor. Where the figures come from: docs/decisions/0011.
enum Rates {
    /// Customers that sign within the year, of all.
    static let newcomers = 0.12
    /// Newcomers that never make the product a habit.
    static let failedStarts = 0.15
    /// Troubles of at least weeks, a customer and year.
    static func troubles(_ size: Size) -> Double { size.of(0.18, 0.14, 0.09) }
    /// Chance that a trouble passes before it is felt at a renewal or after it.
    static let healing = 0.5
    /// Chance to leave at a renewal though nobody sees why: a merger, a price, a new owner.
    static func surprises(_ size: Size) -> Double { size.of(0.045, 0.025, 0.015) }
    /// Chance to leave for each share of its usual life that a customer has lost when it decides.
    static let leavingPerLoss = 1.15
    static let leavingMax = 0.85
    /// Weeks in which less is done though all is well, a customer and year; such weeks at the same time of each year.
    static let pauses = 0.4
    static let seasonal = 0.08
    /// A few bad days of the product, a customer and year.
    static let incidents = 0.5
    /// A collector that hangs for days, a customer and year.
    static let silences = 0.05
    static let slowPayers = 0.1
    /// Tickets that are answered or solved later than promised, where as much goes wrong as usual.
    static let lateAnswers = 0.04
    /// What a seat costs more after each term.
    static let priceRise = 1.03
}

/// What a customer pays decides how close the vendor is to it.
enum Size: Hashable, Sendable {
    case small, medium, large

    init(arr: Double) { self = arr >= 100_000 ? .large : arr >= 20_000 ? .medium : .small }

    func of<Value>(_ small: Value, _ medium: Value, _ large: Value) -> Value {
        switch self {
        case .small: small
        case .medium: medium
        case .large: large
        }
    }
}
