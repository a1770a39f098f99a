import Foundation

/// A file that is read a piece at a time.
struct FilePiece: Sendable {
    let path: String
    /// In bytes, as it was found.
    let size: Int

    static let pieceBytes = 256 * 1024
    /// Where rows are read out of their order, most of a large piece would be read in vain.
    static let jumpBytes = 8 * 1024

    init(path: String) {
        self.path = path
        size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// Fewer bytes only at the end.
    func read(at offset: Int, count: Int = pieceBytes) throws(CSVReader.Mistake) -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else { throw unreadable }
        defer { try? file.close() }
        do {
            try file.seek(toOffset: UInt64(max(0, offset)))
            return [UInt8](try file.read(upToCount: count) ?? Data())
        } catch {
            throw unreadable
        }
    }

    private var unreadable: CSVReader.Mistake { CSVReader.Mistake(line: 1, what: "the file cannot be read") }
}
