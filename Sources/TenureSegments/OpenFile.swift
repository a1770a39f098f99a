import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// One open file, read and written by offset; closed when the last user lets go of it.
package final class OpenFile: Sendable {
    package let path: String
    private let descriptor: Int32
    private let calls: DiskCalls

    package enum Mode {
        case read
        case append
        case create

        fileprivate var flags: Int32 {
            switch self {
            case .read: O_RDONLY | O_CLOEXEC
            case .append: O_RDWR | O_CLOEXEC
            case .create: O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC
            }
        }
    }

    package init(_ path: String, _ mode: Mode, calls: DiskCalls) throws {
        self.path = path
        self.calls = calls
        descriptor = unsafe open(path, mode.flags, 0o600)
        guard descriptor >= 0 else { throw storageFailure(errno, path: path, doing: "open") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    package func size() throws -> Int {
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw storageFailure(errno, path: path, doing: "seek") }
        return Int(end)
    }

    /// Up to `count` bytes from `offset`; fewer at the end of the file.
    package func read(at offset: Int, count: Int) throws -> [UInt8] {
        var code: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let start = unsafe buffer.baseAddress.map { unsafe $0 + filled }
                let got = unsafe pread(descriptor, start, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { code = errno }
                guard got > 0 else { return }
                filled += got
            }
        }
        guard code == 0 else { throw storageFailure(code, path: path, doing: "read") }
        return bytes
    }

    package func write(_ bytes: [UInt8], at offset: Int) throws {
        var done = 0
        while done < bytes.count {
            let result = calls.write(descriptor, bytes[done...], offset + done)
            if result == -Int(EINTR) { continue }
            guard result > 0 else {
                throw storageFailure(Int32(clamping: -result), path: path, doing: "write")
            }
            done += result
        }
    }

    func truncate(to size: Int) throws {
        guard ftruncate(descriptor, off_t(size)) == 0 else {
            throw storageFailure(errno, path: path, doing: "truncate")
        }
    }

    package func sync() throws {
        let code = calls.sync(descriptor)
        #if DEBUG
            if PlantedBug.failedLogSyncIgnored.isChosen { return }
        #endif
        guard code == 0 else { throw StorageFailure.syncFailed(path: path, code: code) }
    }
}

/// What an error code of a file call means for the caller.
func storageFailure(_ code: Int32, path: String, doing call: String) -> StorageFailure {
    switch code {
    case ENOSPC, EDQUOT: .full(path: path)
    default: .failed(path: path, detail: "\(call): error \(code)")
    }
}
