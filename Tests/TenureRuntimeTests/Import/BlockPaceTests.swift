import Testing

@testable import TenureRuntime

/// Blocks of an import grow and shrink with what they take.
struct BlockPaceTests {
    @Test func `beside a server's work a block takes about a quarter of a second`() {
        var pace = BlockPace.beside
        for _ in 0..<20 { pace.note(milliseconds: Int64(pace.rows)) }
        #expect(pace.rows == 250)
        pace.note(milliseconds: 10_000)
        #expect(pace.rows == 20)
        for _ in 0..<20 { pace.note(milliseconds: 0) }
        #expect(pace.rows == 2_000)
    }

    @Test func `alone a block has the same size always`() {
        var pace = BlockPace.alone
        pace.note(milliseconds: 60_000)
        #expect(pace == .alone)
    }
}
