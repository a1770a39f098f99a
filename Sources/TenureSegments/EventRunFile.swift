import TenureCore
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Records in a file, sorted by key: 32 bytes each there, less than two in memory.
///
/// A header tells their number; behind it each page of records ends with its checksum, which is held against the page
/// whenever it is read.
final class EventRunFile: EventRun {
    private static let magic: UInt64 = 0x3153_4449_4E45_5400
    private static let headerBytes = 24
    private static let pageRecords = 128
    private static let pageBytes = pageRecords * EventRecord.bytes + checksumBytes
    private static let checksumBytes = 8

    let name: String
    private let file: OpenFile
    private let count: Int
    /// The first key of each page.
    private let pages: [EventKey]
    private let filter: KeyFilter

    /// A new file. Its name is the caller's to flush.
    ///
    /// - Parameter records: each key once; in any order.
    init(writing name: String, in directory: String, _ records: [EventRecord], calls: DiskCalls) throws {
        let sorted = records.sorted { $0.key < $1.key }
        self.name = name
        file = try OpenFile(directory + "/" + name, .create, calls: calls)
        try file.write(Self.bytes(of: sorted), at: 0)
        try file.sync()
        count = sorted.count
        let keys = sorted.map(\.key)
        pages = Self.firstOfPages(keys)
        filter = KeyFilter(keys)
    }

    /// One that was written.
    ///
    /// - Throws: `StorageFailure.corrupt` where any of its bytes is not as it was written.
    init(reading name: String, in directory: String, calls: DiskCalls) throws {
        self.name = name
        file = try OpenFile(directory + "/" + name, .read, calls: calls)
        count = try Self.count(in: file)
        var keys: [EventKey] = []
        keys.reserveCapacity(count)
        for page in 0..<Self.pages(of: count) { keys += try Self.records(ofPage: page, of: count, in: file).map(\.key) }
        pages = Self.firstOfPages(keys)
        filter = KeyFilter(keys)
    }

    func record(_ key: EventKey) throws -> EventRecord? {
        guard filter.mayContain(key) else { return nil }
        let next = pages.indices.firstPlace { key < pages[$0] }
        guard next > 0 else { return nil }
        let records = try Self.records(ofPage: next - 1, of: count, in: file)
        return records.first { $0.key == key }
    }

    private static func firstOfPages(_ keys: [EventKey]) -> [EventKey] {
        stride(from: 0, to: keys.count, by: pageRecords).map { keys[$0] }
    }

    private static func pages(of count: Int) -> Int { (count + pageRecords - 1) / pageRecords }
}

// MARK: - Bytes

extension EventRunFile {
    private static func bytes(of sorted: [EventRecord]) -> [UInt8] {
        var writer = ByteWriter()
        writer.writeFixed(magic)
        writer.writeFixed(UInt64(sorted.count))
        var bytes = writer.bytes + Checksum.trailer(of: writer.bytes[...])
        for first in stride(from: 0, to: sorted.count, by: pageRecords) {
            var page = ByteWriter()
            for record in sorted[first..<min(first + pageRecords, sorted.count)] { page.write(record) }
            bytes += page.bytes + Checksum.trailer(of: page.bytes[...])
        }
        return bytes
    }

    private static func count(in file: OpenFile) throws -> Int {
        var reader = ByteReader(try sound(file, at: 0, bytes: headerBytes - checksumBytes))
        guard let magic = try? reader.readFixed(), magic == Self.magic, let number = try? reader.readFixed(),
            let count = Int(exactly: number), try file.size() == size(of: count)
        else { throw damaged(file) }
        return count
    }

    /// In bytes; nil: no file is so large.
    private static func size(of count: Int) -> Int? {
        guard (0..<Int.max / pageBytes).contains(count) else { return nil }
        return headerBytes + count * EventRecord.bytes + pages(of: count) * checksumBytes
    }

    private static func records(ofPage page: Int, of count: Int, in file: OpenFile) throws -> [EventRecord] {
        let number = min(pageRecords, count - page * pageRecords)
        var reader = ByteReader(try sound(file, at: headerBytes + page * pageBytes, bytes: number * EventRecord.bytes))
        return try (0..<number).map { _ in try reader.readEventRecord() }
    }

    /// So many bytes, which their checksum follows.
    private static func sound(_ file: OpenFile, at offset: Int, bytes count: Int) throws -> [UInt8] {
        let read = try file.read(at: offset, count: count + checksumBytes)
        let bytes = Array(read.prefix(count))
        guard read.count == count + checksumBytes, read.suffix(checksumBytes).elementsEqual(Checksum.trailer(of: bytes[...])) else {
            throw damaged(file)
        }
        return bytes
    }

    private static func damaged(_ file: OpenFile) -> StorageFailure {
        .corrupt(path: file.path, detail: "a page of event ids is not as it was written")
    }
}
