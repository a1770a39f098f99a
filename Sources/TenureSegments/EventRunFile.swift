import TenureCore
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Records in a file, sorted by key: 32 bytes each there, less than two in memory.
///
/// The file has no name from the beginning on, so that it goes with the process: the log tells at every start what was
/// seen.
final class EventRunFile: EventRun {
    private static let recordBytes = 32
    private static let pageRecords = 128

    private let file: OpenFile
    private let count: Int
    /// The first key of each page.
    private let pages: [EventKey]
    private let filter: KeyFilter

    /// - Parameter records: each key once; in any order.
    init(path: String, _ records: [EventRecord], calls: DiskCalls) throws {
        let sorted = records.sorted { $0.key < $1.key }
        file = try OpenFile(path, .create, calls: calls)
        unsafe unlink(path)
        var writer = ByteWriter()
        for record in sorted { writer.write(record) }
        try file.write(writer.bytes, at: 0)
        count = sorted.count
        pages = stride(from: 0, to: sorted.count, by: Self.pageRecords).map { sorted[$0].key }
        filter = KeyFilter(sorted.map(\.key))
    }

    func record(_ key: EventKey) throws -> EventRecord? {
        guard filter.mayContain(key), let page = page(of: key) else { return nil }
        let first = page * Self.pageRecords
        let bytes = try file.read(
            at: first * Self.recordBytes, count: min(Self.pageRecords, count - first) * Self.recordBytes)
        var reader = ByteReader(bytes)
        do {
            while !reader.isAtEnd {
                let record = try reader.readEventRecord()
                if record.key == key { return record }
                if key < record.key { return nil }
            }
        } catch {
            throw StorageFailure.corrupt(path: file.path, detail: "a page of event ids is shorter than it was written")
        }
        return nil
    }

    /// The last page that begins at or before the key.
    private func page(of key: EventKey) -> Int? {
        var (low, high) = (0, pages.count)
        while low < high {
            let middle = (low + high) / 2
            if key < pages[middle] { high = middle } else { low = middle + 1 }
        }
        return low == 0 ? nil : low - 1
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ record: EventRecord) {
        writeFixed(record.key.high)
        writeFixed(record.key.low)
        writeFixed(record.content)
        writeFixed(UInt64(UInt32(bitPattern: record.day)))
    }
}

extension ByteReader {
    fileprivate mutating func readEventRecord() throws -> EventRecord {
        EventRecord(
            key: EventKey(high: try readFixed(), low: try readFixed()), content: try readFixed(),
            day: Int32(bitPattern: UInt32(truncatingIfNeeded: try readFixed())))
    }
}
