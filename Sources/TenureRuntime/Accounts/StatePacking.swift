import Synchronization
import TenureCompression
import TenureEngine

/// Compresses states with some of them as a dictionary: what accounts of one programme have in common (names of signals
/// and plays, the shape of their history) is in it once.
final class StatePacking: Sendable {
    /// More bytes of examples make compressing slower and hardly better.
    static let dictionaryBytesMax = 112 * 1024

    private struct Tools {
        let compressor: Compressor
        let decompressor: Decompressor
    }

    private let tools: Mutex<Tools>

    /// - Parameter examples: states as their bytes.
    init(examples: some Sequence<[UInt8]>) {
        var dictionary: [UInt8] = []
        for example in examples where dictionary.count + example.count <= Self.dictionaryBytesMax { dictionary += example }
        tools = Mutex(
            Tools(compressor: Compressor(level: 3, dictionary: dictionary), decompressor: Decompressor(dictionary: dictionary)))
    }

    /// nil: they would not be fewer.
    func pack(_ bytes: [UInt8]) -> [UInt8]? { tools.withLock { $0.compressor.compress(bytes) } }

    func unpack(_ packed: [UInt8], count: Int) -> [UInt8] {
        guard let bytes = tools.withLock({ $0.decompressor.decompress(packed, count: count) }) else {
            // See `PackedState.state`.
            fatalError("A state in memory is not what was written there. Start again; log and store are complete.")
        }
        return bytes
    }
}
