import CEL

/// What the twelve conditions read of one account. `nil`: not known, or for the account's own fields not given.
final class Sample: Sendable {
    let tenureDays: Int64?
    let score: Int64?
    let drop: Double?
    let change: Double?
    let breadth: Double?
    let criticalTickets: Double?
    let escalations: Double?
    let isSponsorVacant: Bool?
    let sponsorTouches: Double?
    let isActivated: Bool?
    let daysSinceProgress: Double?
    let daysUntilTermEnd: Int64?
    let licenceUse: Double?
    let limitUse: Double?
    let nps: Double?
    let uptime: Double?
    let coverage: Double?
    let willingness: Double?
    let mode: String?
    let segment: String?
    let wantsAlerts: Bool?
    let isReference: Bool?

    init(_ random: inout Draw) {
        tenureDays = random.whole(0...900, missing: 2)
        score = random.whole(20...100, missing: 6)
        drop = random.number(-30...60, missing: 10)
        change = random.number(-20...12, missing: 10)
        breadth = random.number(0...100, missing: 8)
        criticalTickets = random.number(0...4, missing: 5).map { $0.rounded(.down) }
        escalations = random.number(0...4, missing: 5).map { $0.rounded(.down) }
        isSponsorVacant = random.flag(share: 20, missing: 5)
        sponsorTouches = random.number(0...3, missing: 10).map { $0.rounded(.down) }
        isActivated = random.flag(share: 70, missing: 5)
        daysSinceProgress = random.number(0...20, missing: 15).map { $0.rounded(.down) }
        daysUntilTermEnd = random.whole(-30...400, missing: 5)
        licenceUse = random.number(0...130, missing: 8)
        limitUse = random.number(0...120, missing: 20)
        nps = random.number(-100...100, missing: 40)
        uptime = random.number(98...100, missing: 10)
        coverage = random.number(20...110, missing: 10)
        willingness = random.number(0...100, missing: 30)
        mode = random.word(["A", "B", "C"], missing: 5)
        segment = random.word(["dainese_class", "standard", "enterprise_accounts"], missing: 10)
        wantsAlerts = random.flag(share: 80, missing: 40)
        isReference = random.flag(share: 30, missing: 40)
    }
}

/// Numbers from a seed, the same in every run.
struct Draw {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next(below bound: UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) % bound
    }

    private mutating func isMissing(_ percent: UInt64) -> Bool { next(below: 100) < percent }

    mutating func whole(_ range: ClosedRange<Int64>, missing percent: UInt64) -> Int64? {
        let number = range.lowerBound + Int64(next(below: UInt64(range.upperBound - range.lowerBound + 1)))
        return isMissing(percent) ? nil : number
    }

    mutating func number(_ range: ClosedRange<Double>, missing percent: UInt64) -> Double? {
        let share = Double(next(below: 10_001)) / 10_000
        return isMissing(percent) ? nil : range.lowerBound + share * (range.upperBound - range.lowerBound)
    }

    mutating func flag(share: UInt64, missing percent: UInt64) -> Bool? {
        let flag = next(below: 100) < share
        return isMissing(percent) ? nil : flag
    }

    mutating func word(_ words: [String], missing percent: UInt64) -> String? {
        let word = words[Int(next(below: UInt64(words.count)))]
        return isMissing(percent) ? nil : word
    }
}
