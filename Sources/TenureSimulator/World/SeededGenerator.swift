/// SplitMix64: the same seed gives the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A generator of its own for one thing of one day, whatever was drawn for others.
    init(seed: UInt64, _ parts: Int...) {
        var mixed = SeededGenerator(seed: seed)
        for part in parts { mixed = SeededGenerator(seed: mixed.next() ^ UInt64(bitPattern: Int64(part))) }
        self = mixed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 ≤ x < 1.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// Both ends included.
    mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[whole(0...elements.count - 1)]
    }

    /// A whole number whose mean is `mean`: the whole part, and one more with the rest as its chance.
    mutating func around(_ mean: Double) -> Int {
        let floor = mean.rounded(.down)
        return max(0, Int(floor)) + (chance(mean - floor) ? 1 : 0)
    }
}
