/// The format's hybrid of runs and packed groups of eight: of levels, and of places in a dictionary.
enum RunLengths {
    static func encode(_ numbers: [UInt32], bits: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var literals = 0..<0
        var place = 0
        while place < numbers.count {
            let end = runEnd(numbers, from: place)
            if end - place >= 8 {
                append(numbers[literals], bits, to: &bytes)
                append(run: numbers[place], count: end - place, bits, to: &bytes)
                literals = end..<end
                place = end
            } else {
                place = min(place + 8, numbers.count)
                literals = literals.lowerBound..<place
            }
        }
        append(numbers[literals], bits, to: &bytes)
        return bytes
    }

    private static func runEnd(_ numbers: [UInt32], from place: Int) -> Int {
        var end = place + 1
        while end < numbers.count, numbers[end] == numbers[place] { end += 1 }
        return end
    }

    private static func append(run number: UInt32, count: Int, _ bits: Int, to bytes: inout [UInt8]) {
        bytes.append(varint: UInt64(count) << 1)
        bytes.append(UInt64(number), bytes: (bits + 7) / 8)
    }

    /// Only the last group of a column may be filled up with zeros: others have eight numbers each.
    private static func append(_ numbers: ArraySlice<UInt32>, _ bits: Int, to bytes: inout [UInt8]) {
        guard !numbers.isEmpty else { return }
        let groups = (numbers.count + 7) / 8
        bytes.append(varint: UInt64(groups) << 1 | 1)
        var packing = BitPacking(after: bytes)
        for number in numbers { packing.append(UInt64(number), bits: bits) }
        for _ in numbers.count..<groups * 8 { packing.append(0, bits: bits) }
        bytes = packing.finish()
    }
}
