import TenureStore

/// Says of most keys that were not put in that they were not: of one in seven hundred it says that they may have been.
///
/// A Bloom filter in blocks of 512 bits (Putze, Sanders and Singler 2007): a key sets one bit in each of a block's eight
/// words, so that asking touches one line of cache. Keys must be evenly spread, as hashes are.
struct KeyFilter: Sendable {
    private static let wordsOfBlock = 8
    /// 14 bits a key.
    private static let keysOfBlock = 36

    private var words: [UInt64]
    private let blocks: UInt64

    init(_ keys: [EventKey]) {
        let count = max(1, (keys.count + Self.keysOfBlock - 1) / Self.keysOfBlock)
        blocks = UInt64(count)
        words = Array(repeating: 0, count: count * Self.wordsOfBlock)
        for key in keys {
            let start = start(of: key)
            for word in 0..<Self.wordsOfBlock { words[start + word] |= Self.bit(key, word) }
        }
    }

    func mayContain(_ key: EventKey) -> Bool {
        let start = start(of: key)
        for word in 0..<Self.wordsOfBlock where words[start + word] & Self.bit(key, word) == 0 { return false }
        return true
    }

    private func start(of key: EventKey) -> Int {
        Int(key.high.multipliedFullWidth(by: blocks).high) * Self.wordsOfBlock
    }

    private static func bit(_ key: EventKey, _ word: Int) -> UInt64 { 1 << ((key.low >> UInt64(6 * word)) & 63) }
}
