/// Many texts as bytes one behind the other.
struct PackedTexts {
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { ends.count }

    subscript(place: Int) -> ArraySlice<UInt8> { bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]] }

    mutating func append(_ text: some Collection<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
    }
}

/// Each text once, in the order in which it came first, and the place of every row's in it.
struct TextDictionary {
    private(set) var distinct = PackedTexts()
    private(set) var places: [UInt32] = []
    /// Open addressing, at most half full; 0 is free, otherwise a place and one.
    private var table: [UInt32]

    init(_ texts: PackedTexts, rows: [Int]) {
        table = [UInt32](repeating: 0, count: 1 << (bitWidth(UInt64(rows.count)) + 1))
        places.reserveCapacity(rows.count)
        for row in rows { places.append(place(of: texts[row])) }
    }

    private mutating func place(of text: ArraySlice<UInt8>) -> UInt32 {
        var hasher = Hasher()
        unsafe text.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        var slot = hasher.finalize() & (table.count - 1)
        while table[slot] != 0 {
            let known = table[slot] - 1
            if distinct[Int(known)] == text { return known }
            slot = (slot + 1) & (table.count - 1)
        }
        table[slot] = UInt32(distinct.count + 1)
        distinct.append(text)
        return UInt32(distinct.count - 1)
    }
}
