/// Why a customer fares worse for a while: what people would say of it afterwards.
enum Cause: Hashable, Sendable {
    case valueNotReached
    case championLeft
    case poorService
    case otherPriorities

    static func draw(_ generator: inout SeededGenerator) -> Cause {
        let roll = generator.unit()
        return roll < 0.3 ? .valueNotReached : roll < 0.6 ? .championLeft : roll < 0.8 ? .poorService : .otherPriorities
    }

    /// What the customer writes into its notice.
    var statedReason: String {
        switch self {
        case .valueNotReached: "not used enough"
        case .championLeft: "change of people"
        case .poorService: "service"
        case .otherPriorities: "budget"
        }
    }

    /// Days until it is felt in full.
    fileprivate var fading: ClosedRange<Int> {
        switch self {
        case .valueNotReached: 60...120
        case .championLeft: 20...60
        case .poorService: 15...45
        case .otherPriorities: 30...90
        }
    }
}

/// Something that takes life out of a customer: how much, from when on, and whether it passes.
struct Trouble: Hashable, Sendable {
    let cause: Cause
    let start: Int
    /// Days until it is felt in full.
    let fading: Int
    /// Share of the usual life that it takes at worst.
    let depth: Double
    /// The day from which on it passes; nil: it stays.
    var healing: Int?
    private static let healingDays = 45.0

    /// How much of it is felt: 0 nothing, 1 all.
    func felt(on day: Int) -> Double {
        guard day >= start else { return 0 }
        let grown = min(1, Double(day - start + 1) / Double(fading))
        guard let healing, day > healing else { return grown }
        return max(0, min(grown, 1 - Double(day - healing) / Self.healingDays))
    }

    static func draw(_ generator: inout SeededGenerator, from start: Int) -> Trouble {
        let cause = Cause.draw(&generator)
        let fading = generator.whole(cause.fading)
        let lasting = generator.whole(20...100)
        return Trouble(
            cause: cause, start: start, fading: fading, depth: 0.35 + 0.5 * generator.unit(),
            healing: generator.chance(Rates.healing) ? start + fading + lasting : nil)
    }

    /// The product never becomes a habit, or late.
    static func failedStart(_ generator: inout SeededGenerator, on day: Int) -> Trouble {
        let depth = 0.4 + 0.4 * generator.unit()
        let healing = generator.chance(Rates.healing) ? day + generator.whole(60...110) : nil
        return Trouble(cause: .valueNotReached, start: day, fading: 10, depth: depth, healing: healing)
    }

    /// A few bad days of the product: noticed, and over.
    static func incident(_ generator: inout SeededGenerator, from start: Int) -> Trouble {
        Trouble(
            cause: .poorService, start: start, fading: 2, depth: 0.05 + 0.1 * generator.unit(),
            healing: start + generator.whole(3...10))
    }
}
