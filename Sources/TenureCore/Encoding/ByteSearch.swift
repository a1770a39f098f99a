/// Looking for bytes in a part of others.
package enum ByteSearch {
    /// The first from a place on; an empty text is found nowhere.
    package static func place(of wanted: Swift.Span<UInt8>, in bytes: Swift.Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard wanted.count > 0, range.count >= wanted.count else { return nil }
        let head = wanted[0]
        for place in range.lowerBound...(range.upperBound - wanted.count) where bytes[place] == head {
            var length = 1
            while length < wanted.count, bytes[place + length] == wanted[length] { length += 1 }
            if length == wanted.count { return place }
        }
        return nil
    }
}
