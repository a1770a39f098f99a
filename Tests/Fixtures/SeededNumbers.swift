/// SplitMix64: the same numbers for a seed on every machine.
package struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    package init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9 &+ 1 }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    package mutating func below(_ end: Int) -> Int { Int(next() % UInt64(end)) }
    package mutating func oneIn(_ odds: Int) -> Bool { below(odds) == 0 }
    package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
