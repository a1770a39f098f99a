import TenureStore
import Testing

@Suite struct ChecksumTests {
    @Test func `the checksum is CRC-32C`() {
        #expect(Checksum.crc32c(Array("123456789".utf8)) == 0xE306_9283)
        #expect(Checksum.crc32c([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(Checksum.crc32c([]) == 0)
    }

    @Test func `a checksum goes on where the last one ended`() {
        let whole = Array("the quick brown fox".utf8)
        let start = Checksum.crc32c(whole.prefix(7))
        #expect(Checksum.crc32c(whole.dropFirst(7), seed: start) == Checksum.crc32c(whole))
    }
}
