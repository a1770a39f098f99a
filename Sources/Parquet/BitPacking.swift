/// Numbers of a few bits each without gaps, the lowest bit first.
struct BitPacking {
    private(set) var bytes: [UInt8]
    private var rest: UInt64 = 0
    private var restBits = 0

    /// - Parameter bytes: written to behind these.
    init(after bytes: [UInt8] = []) { self.bytes = bytes }

    /// Of the number only its lowest `bits`, up to 64.
    mutating func append(_ number: UInt64, bits: Int) {
        var (left, number) = (bits, number)
        while left > 0 {
            let taken = min(left, 8 - restBits)
            rest |= (number & ((1 << UInt64(taken)) - 1)) << UInt64(restBits)
            restBits += taken
            left -= taken
            number >>= UInt64(taken)
            if restBits == 8 { flush() }
        }
    }

    /// Fills the last byte with zeros.
    mutating func finish() -> [UInt8] {
        if restBits > 0 { flush() }
        return bytes
    }

    private mutating func flush() {
        bytes.append(UInt8(truncatingIfNeeded: rest))
        (rest, restBits) = (0, 0)
    }
}

/// How many bits a number needs; 0 for 0.
func bitWidth(_ number: UInt64) -> Int { UInt64.bitWidth - number.leadingZeroBitCount }
