/// A text for each row; equal ones are held once.
struct TextRows {
    private(set) var distinct = PackedTexts()
    /// Of each row, its text's place among the distinct ones.
    private(set) var places: [UInt32] = []
    /// Open addressing, at most half full; 0 is free, otherwise a place and one.
    private var table = [UInt32](repeating: 0, count: 16)

    var byteCount: Int { distinct.bytes.count + 4 * (distinct.count + places.count + table.count) }

    subscript(row: Int) -> ArraySlice<UInt8> { distinct[Int(places[row])] }

    mutating func append(_ text: some Collection<UInt8>) {
        if 2 * distinct.count >= table.count { grow() }
        // It stands where it will stay if it is new, and can be looked at as bytes.
        distinct.append(text)
        let new = distinct.count - 1
        let slot = slot(of: new)
        if table[slot] == 0 {
            table[slot] = UInt32(new + 1)
        } else {
            distinct.removeLast()
        }
        places.append(table[slot] - 1)
    }

    /// A row without a text.
    mutating func appendNone() { places.append(0) }

    /// Where an equal text is, or a free place for it.
    private func slot(of place: Int) -> Int {
        let text = distinct[place]
        var hasher = Hasher()
        unsafe text.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        var slot = hasher.finalize() & (table.count - 1)
        while table[slot] != 0, distinct[Int(table[slot] - 1)] != text { slot = (slot + 1) & (table.count - 1) }
        return slot
    }

    private mutating func grow() {
        table = [UInt32](repeating: 0, count: 2 * table.count)
        for place in 0..<distinct.count { table[slot(of: place)] = UInt32(place + 1) }
    }
}
