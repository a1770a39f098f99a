/// How many rows of a file a block holds: as many as are taken within a while, for whoever sends meanwhile waits for one.
package struct BlockPace: Hashable, Sendable {
    package private(set) var rows: Int
    private let rowsMax: Int
    /// nil: nobody waits.
    private let milliseconds: Int64?

    private static let rowsMin = 20

    /// Nobody else needs the writer.
    package static let alone = BlockPace(rows: 2_000, rowsMax: 2_000, milliseconds: nil)
    /// Beside a server's work: about a quarter of a second a block.
    package static let beside = BlockPace(rows: 100, rowsMax: 2_000, milliseconds: 250)

    /// After a block of these rows; at most twice as many follow.
    mutating func note(milliseconds taken: Int64) {
        guard let milliseconds else { return }
        let wanted = Int64(rows) * milliseconds / max(1, taken)
        rows = Int(max(Int64(Self.rowsMin), min(wanted, Int64(rows) * 2, Int64(rowsMax))))
    }
}
