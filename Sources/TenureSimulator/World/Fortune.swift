/// How a customer fares, day by day, and why.
struct Fortune: Hashable, Sendable {
    /// The first day on which anything happens.
    var start = 0
    /// Share by which use grows in a year.
    var trend = 0.0
    var troubles: [Trouble] = []
    /// Weeks in which less is done though all is well.
    var pauses: [Pause] = []
    /// Days of which the product's events never arrive, though the customer works on.
    var silences: [ClosedRange<Int>] = []
    /// Of a newcomer who never makes the product a habit.
    var failedStart: Trouble? {
        start == 0 ? nil : troubles.first { $0.start == start && $0.cause == .valueNotReached }
    }

    struct Pause: Hashable, Sendable {
        let days: ClosedRange<Int>
        let depth: Double
    }

    /// - Parameter days: those of the world; the year before it is drawn too.
    init(_ generator: inout SeededGenerator, _ size: Size, days: Int) {
        if generator.chance(Rates.newcomers) { start = Int(generator.unit() * Double(min(365, days))) }
        trend = -0.05 + 0.3 * generator.unit() * generator.unit()
        let season = generator.chance(Rates.seasonal) ? generator.whole(0...364) : nil
        for year in -1...(max(0, days - 1) / 365) {
            draw(&generator, size, from: year * 365)
            if let season { pauses.append(.draw(&generator, from: year * 365 + season, weeks: 5...9)) }
        }
        guard start > 0 else { return }
        troubles.removeAll { $0.start < start + 30 }
        if generator.chance(Rates.failedStarts) { troubles.append(.failedStart(&generator, on: start)) }
    }

    /// What one year brings. Each thing is drawn whether it happens or not, so that one does not shift the next.
    private mutating func draw(_ generator: inout SeededGenerator, _ size: Size, from first: Int) {
        let trouble = Trouble.draw(&generator, from: first + generator.whole(0...364))
        if generator.chance(Rates.troubles(size)) { troubles.append(trouble) }
        let incident = Trouble.incident(&generator, from: first + generator.whole(0...364))
        if generator.chance(Rates.incidents) { troubles.append(incident) }
        let pause = Pause.draw(&generator, from: first + generator.whole(0...364), weeks: 2...5)
        if generator.chance(Rates.pauses) { pauses.append(pause) }
        let silent = first + generator.whole(0...364)
        let length = generator.whole(4...12)
        if generator.chance(Rates.silences) { silences.append(silent...(silent + length)) }
    }

    /// Share of its usual life that troubles have taken from it.
    func loss(on day: Int) -> Double {
        1 - troubles.reduce(1) { $0 * (1 - $1.depth * $1.felt(on: day)) }
    }

    /// How much of a cause is felt.
    func felt(_ cause: Cause, on day: Int) -> Double {
        troubles.reduce(0) { $1.cause == cause ? max($0, $1.felt(on: day)) : $0 }
    }

    /// How much of its usual life the customer shows on a day: 1 is usual.
    func vigour(on day: Int) -> Double {
        let pause = pauses.reduce(0) { $1.days.contains(day) ? max($0, $1.depth) : $0 }
        let begun = start == 0 ? 1 : min(1, Double(day - start + 5) / 45)
        return (1 - loss(on: day)) * (1 - pause) * begun
    }

    func isSilent(on day: Int) -> Bool { silences.contains { $0.contains(day) } }
}

extension Fortune.Pause {
    static func draw(_ generator: inout SeededGenerator, from day: Int, weeks: ClosedRange<Int>) -> Self {
        Self(days: day...(day + 7 * generator.whole(weeks)), depth: 0.25 + 0.3 * generator.unit())
    }
}
