import CZstd

/// zstd with the frame's own content checksum, so that a fault between compressing and reading shows. For one thread at a
/// time.
@safe
package final class Compressor {
    private let context: OpaquePointer?

    /// - Parameters:
    ///   - level: 1 is quickest.
    ///   - dictionary: bytes like those to come, which need not be repeated then; empty: none.
    package init(level: Int32 = 1, dictionary: [UInt8] = []) {
        unsafe context = ZSTD_createCCtx()
        _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        if !dictionary.isEmpty { _ = unsafe ZSTD_CCtx_loadDictionary(context, dictionary, dictionary.count) }
    }

    deinit { _ = unsafe ZSTD_freeCCtx(context) }

    /// nil when compressing does not make the bytes fewer.
    package func compress(_ bytes: [UInt8]) -> [UInt8]? {
        guard unsafe context != nil, bytes.count > 64 else { return nil }
        let compressed = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count - 1) { buffer, filled in
            let size = unsafe ZSTD_compress2(context, buffer.baseAddress, buffer.count, bytes, bytes.count)
            filled = ZSTD_isError(size) == 0 ? size : 0
        }
        return compressed.isEmpty ? nil : compressed
    }

    /// The bytes as one frame, larger than they are or not; nil when there is no memory for it.
    package func frame(_ bytes: [UInt8]) -> [UInt8]? {
        guard unsafe context != nil else { return nil }
        let frame = unsafe [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, filled in
            let size = unsafe ZSTD_compress2(context, buffer.baseAddress, buffer.count, bytes, bytes.count)
            filled = ZSTD_isError(size) == 0 ? size : 0
        }
        return frame.isEmpty ? nil : frame
    }
}

/// For one thread at a time.
@safe
package final class Decompressor {
    private let context: OpaquePointer?

    /// - Parameter dictionary: the one that the bytes were compressed with.
    package init(dictionary: [UInt8] = []) {
        unsafe context = ZSTD_createDCtx()
        if !dictionary.isEmpty { _ = unsafe ZSTD_DCtx_loadDictionary(context, dictionary, dictionary.count) }
    }

    deinit { _ = unsafe ZSTD_freeDCtx(context) }

    /// nil when the bytes are not one frame of exactly `count` bytes with a matching checksum.
    package func decompress(_ bytes: [UInt8], count: Int) -> [UInt8]? {
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
