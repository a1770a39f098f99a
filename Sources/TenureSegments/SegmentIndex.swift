import TenureCore
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The extent of a sealed segment with its marks, in a small file beside it; rebuilt when missing or damaged.
enum SegmentIndex {
    private static let magic: UInt64 = 0x5844_4952_554E_4554

    static func encode(_ extent: SegmentExtent) -> [UInt8] {
        var writer = ByteWriter()
        writer.writeFixed(magic)
        writer.write(extent.first)
        writer.write(extent.last)
        writer.write(extent.end)
        writer.write(list: extent.marks) {
            $0.write($1.position)
            $0.write($1.offset)
        }
        writer.writeFixed(UInt64(Checksum.crc32c(writer.bytes)))
        return writer.bytes
    }

    /// nil when the bytes are not a whole, undamaged index.
    static func decode(_ bytes: [UInt8]) -> SegmentExtent? {
        var checksum = ByteReader(Array(bytes.suffix(8)))
        guard (try? checksum.readFixed()) == UInt64(Checksum.crc32c(bytes.dropLast(8))) else { return nil }
        var reader = ByteReader(bytes)
        guard (try? reader.readFixed()) == magic else { return nil }
        let extent = try? SegmentExtent(
            first: reader.readUInt64(), last: reader.readUInt64(), end: reader.readInt(),
            marks: reader.readList {
                SegmentExtent.Mark(position: try $0.readUInt64(), offset: try $0.readInt())
            })
        return extent.flatMap { $0.isPlausible ? $0 : nil }
    }

    /// nil when there is none, or it is damaged.
    static func read(_ name: SegmentName, calls: DiskCalls) -> SegmentExtent? {
        guard let file = try? OpenFile(name.index, .read, calls: calls), let size = try? file.size(),
            let bytes = try? file.read(at: 0, count: size)
        else { return nil }
        return decode(bytes)
    }

    /// Whole or not at all: under another name first, then renamed.
    static func write(_ extent: SegmentExtent, _ name: SegmentName, calls: DiskCalls) throws {
        do {
            let file = try OpenFile(name.unfinishedIndex, .create, calls: calls)
            try file.write(encode(extent), at: 0)
            try file.sync()
        } catch {
            unsafe unlink(name.unfinishedIndex)
            throw error
        }
        FaultPoint.sealInside.reached()
        guard unsafe rename(name.unfinishedIndex, name.index) == 0 else {
            throw storageFailure(errno, path: name.index, doing: "rename")
        }
        try syncDirectory(name.directory)
    }
}
