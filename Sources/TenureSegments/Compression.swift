import CZstd

/// zstd at level 1 with the frame's own content checksum, so that a fault between compressing and reading
/// shows.
@safe
final class Compressor {
    private let context: OpaquePointer?

    init() {
        unsafe context = ZSTD_createCCtx()
        _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1)
        _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit { _ = unsafe ZSTD_freeCCtx(context) }

    /// nil when compressing does not make the bytes fewer.
    func compress(_ bytes: [UInt8]) -> [UInt8]? {
        guard unsafe context != nil, bytes.count > 64 else { return nil }
        let compressed = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count - 1) { buffer, filled in
            let size = unsafe ZSTD_compress2(context, buffer.baseAddress, buffer.count, bytes, bytes.count)
            filled = ZSTD_isError(size) == 0 ? size : 0
        }
        return compressed.isEmpty ? nil : compressed
    }
}

@safe
final class Decompressor {
    private let context: OpaquePointer?

    init() { unsafe context = ZSTD_createDCtx() }

    deinit { _ = unsafe ZSTD_freeDCtx(context) }

    /// nil when the bytes are not one frame of exactly `count` bytes with a matching checksum.
    func decompress(_ bytes: [UInt8], count: Int) -> [UInt8]? {
        guard unsafe context != nil else { return nil }
        var matches = false
        let plain = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let size = unsafe ZSTD_decompressDCtx(context, buffer.baseAddress, count, bytes, bytes.count)
            matches = ZSTD_isError(size) == 0 && size == count
            filled = matches ? size : 0
        }
        return matches ? plain : nil
    }
}
