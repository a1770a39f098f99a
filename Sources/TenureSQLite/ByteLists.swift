import TenureCore

/// Lists of bytes, one after another in one array.
struct ByteLists: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each ends.
    private var ends: [Int] = []

    init() {}

    /// None, with room for as many as others are.
    init(roomFor others: ByteLists) {
        bytes.reserveCapacity(others.bytes.count)
        ends.reserveCapacity(others.count)
    }

    var count: Int { ends.count }

    subscript(place: Int) -> ArraySlice<UInt8> { bytes[start(of: place)..<ends[place]] }

    mutating func append(_ list: [UInt8]) {
        bytes += list
        ends.append(bytes.count)
    }

    mutating func append(_ other: ByteLists, _ places: Range<Int>) {
        let (start, moved) = (other.start(of: places.lowerBound), bytes.count)
        bytes += other.bytes[start..<other.start(of: places.upperBound)]
        ends += other.ends[places].lazy.map { $0 - start + moved }
    }

    /// Where the list of a place begins, and behind the last place where all end.
    private func start(of place: Int) -> Int { place == 0 ? 0 : ends[place - 1] }

    /// Where lists are ascending: the place of one, or the one where it would stand.
    func place(of list: [UInt8], from first: Int) -> (place: Int, isThere: Bool) {
        let place = (first..<count).firstPlace { !self[$0].lexicographicallyPrecedes(list) }
        return (place, place < count && self[place].elementsEqual(list))
    }

    /// The first lists that hold the bytes; also one before it where they reach over its end.
    func places(holding wanted: [UInt8], limit: Int) -> [Int] {
        var (found, start): ([Int], Int) = ([], 0)
        while found.count < limit, let byte = ByteSearch.place(of: wanted.span, in: bytes.span, start..<bytes.count) {
            let place = ends.indices.firstPlace { ends[$0] > byte }
            found.append(place)
            start = ends[place]
        }
        return found
    }
}
