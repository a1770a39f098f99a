extension Customer {
    /// The customer of a number: the same in every world of the seed that has as many days.
    init(_ number: Int, seed: UInt64, days: Int, tiers: [String]) {
        var generator = SeededGenerator(seed: seed, number, -1)
        let place = generator.unit()
        let seats = generator.whole(place < 0.6 ? 5...20 : place < 0.9 ? 20...60 : 60...200)
        let arr = Double(seats * generator.whole(300...900))
        self.number = number
        external = "cust-\(number + 1)"
        let first = generator.pick(Names.first) ?? "", second = generator.pick(Names.second) ?? ""
        name = "\(first) \(second)"
        tier = tiers.isEmpty ? "" : tiers[min(tiers.count - 1, Int(place * Double(tiers.count)))]
        zone = generator.pick(Names.zones) ?? "UTC"
        habit = 0.65 + 0.3 * generator.unit()
        friction = 0.4 + 1.3 * generator.unit() * generator.unit()
        temper = 0.72 + 0.28 * generator.unit()
        isSlowPayer = generator.chance(Rates.slowPayers)
        let ends = generator.whole(1...Term.days)
        var fortune = Fortune(&generator, Size(arr: arr), days: days)
        let end = fortune.start > 0 ? fortune.start + Term.days : ends
        fortune.leaveOut(before: end - Term.days - Term.noticeDays, &generator)
        self.fortune = fortune
        (terms, departure) = Self.terms(
            from: Term(start: end - Term.days, end: end, seats: seats, arr: arr), fortune, &generator, until: days)
    }

    /// Year after year until it leaves or the world ends.
    private static func terms(
        from first: Term, _ fortune: Fortune, _ generator: inout SeededGenerator, until days: Int
    ) -> ([Term], Departure?) {
        var terms = [first]
        var term = first
        while term.end - Term.noticeDays - Departure.earliest < days {
            if let departure = Departure(&generator, term, fortune) { return (terms, departure) }
            term = term.next(fortune)
            terms.append(term)
        }
        return (terms, nil)
    }
}

extension Fortune {
    /// Most of those who were in trouble at an earlier renewal left then, and are in no world that begins later.
    fileprivate mutating func leaveOut(before renewal: Int, _ generator: inout SeededGenerator) {
        let roll = generator.unit()
        troubles.removeAll { $0.start < renewal && $0.healing == nil && roll < Rates.leavingPerLoss * $0.depth }
    }
}
