import TenureCore

extension Checksum {
    /// Eight bytes that follow what they are the checksum of.
    package static func trailer(of bytes: ArraySlice<UInt8>) -> [UInt8] {
        var writer = ByteWriter()
        writer.writeFixed(UInt64(crc32c(bytes)))
        return writer.bytes
    }
}
