/// Many texts as bytes one behind the other.
struct PackedTexts {
    private(set) var bytes: [UInt8] = []
    /// A group of rows is far from 4 GiB.
    private var ends: [UInt32] = []

    var count: Int { ends.count }

    subscript(place: Int) -> ArraySlice<UInt8> { bytes[start(of: place)..<Int(ends[place])] }

    mutating func append(_ text: some Collection<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(UInt32(clamping: bytes.count))
    }

    mutating func removeLast() {
        guard !ends.isEmpty else { return }
        bytes.removeSubrange(start(of: count - 1)...)
        ends.removeLast()
    }

    private func start(of place: Int) -> Int { place == 0 ? 0 : Int(ends[place - 1]) }
}
