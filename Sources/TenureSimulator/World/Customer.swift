/// One simulated customer: what it bought, who is there, how it fares.
struct Customer: Sendable {
    let number: Int
    let external: String
    let name: String
    let tier: String
    let zone: String
    /// Share of seats that are used within a month when all is well.
    let habit: Double
    /// How much goes wrong there by nature: 1 is usual.
    let friction: Double
    /// How content its people are by nature, 0 to 1.
    let temper: Double
    let isSlowPayer: Bool
    let fortune: Fortune
    /// One after the other, the first one running when it begins.
    let terms: [Term]
    let departure: Departure?

    var size: Size { Size(arr: terms[0].arr) }

    /// The people of a pilot, where runs are counted by person.
    var entitled: Int { 4 + number % 5 }

    func isGone(by day: Int) -> Bool {
        guard let departure else { return false }
        return departure.effective < day
    }

    /// The term that runs on a day.
    func term(on day: Int) -> Term { terms.last { $0.start <= day } ?? terms[0] }

    /// How it fares on a day: who gave notice works less and less until it is over.
    func vigour(on day: Int) -> Double {
        guard let departure, day > departure.notice else { return fortune.vigour(on: day) }
        let left = Double(departure.effective - day) / Double(max(1, departure.effective - departure.notice))
        return fortune.vigour(on: day) * max(0.2, left)
    }

    /// How content its people are, 0 to 1.
    func mood(on day: Int) -> Double { temper * (1 - 0.6 * fortune.loss(on: day)) }

    /// How much goes wrong there on a day: 1 is usual.
    func strain(on day: Int) -> Double { friction * (1 + 3 * fortune.felt(.poorService, on: day)) }
}

/// A year that was signed for.
struct Term: Hashable, Sendable {
    let start: Int
    let end: Int
    let seats: Int
    let arr: Double
    static let days = 365
    /// Days before its end until which notice can be given.
    static let noticeDays = 60

    /// What is signed after it: more seats where use grew, fewer where it was lost.
    func next(_ fortune: Fortune) -> Term {
        let loss = fortune.loss(on: end)
        let growth = loss > 0.3 ? 0.75 : fortune.trend > 0.08 ? 1.08 + fortune.trend : 1
        let more = max(3, Int((Double(seats) * growth).rounded()))
        let price = (arr / Double(seats) * Rates.priceRise).rounded()
        return Term(start: end, end: end + Self.days, seats: more, arr: price * Double(more))
    }
}

/// That a customer leaves: when it says so, when it is over, and what it says.
struct Departure: Hashable, Sendable {
    let notice: Int
    let effective: Int
    let reason: String
    /// Days before the last day for it on which a notice may come.
    static let earliest = 30
    private static let surprises = ["merger", "price", "new owner"]

    /// What it decides before a term ends; nil: it stays.
    init?(_ generator: inout SeededGenerator, _ term: Term, _ fortune: Fortune) {
        let day = term.end - Term.noticeDays - generator.whole(0...Self.earliest)
        let (roll, surprise) = (generator.unit(), generator.unit())
        guard day > fortune.start + 30 else { return nil }
        let loss = fortune.loss(on: day)
        let isSurprise = surprise < Rates.surprises(Size(arr: term.arr))
        guard isSurprise || roll < min(Rates.leavingMax, Rates.leavingPerLoss * loss) else { return nil }
        let worst = fortune.troubles.max { $0.depth * $0.felt(on: day) < $1.depth * $1.felt(on: day) }
        (notice, effective) = (day, term.end)
        reason = isSurprise ? Self.surprises[day % Self.surprises.count] : worst?.cause.statedReason ?? "budget"
    }
}
