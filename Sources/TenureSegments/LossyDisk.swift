#if DEBUG
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif

    /// A disk whose unflushed writes are lost with the process: a kill then shows what a power cut would.
    ///
    /// The kernel would keep them, so that without it no kill tells a flush before the answer from one after it.
    package final class LossyDisk: Sendable {
        private struct Write {
            var file: FileIdentity
            var bytes: ArraySlice<UInt8>
            var offset: Int
        }

        private let waiting = Mutex<[Write]>([])

        package init() {}

        package var calls: DiskCalls {
            DiskCalls(
                write: { [self] in keep($1, of: $0, at: $2) },
                sync: { [self] in flush($0) })
        }

        private func keep(_ bytes: ArraySlice<UInt8>, of descriptor: Int32, at offset: Int) -> Int {
            guard let file = FileIdentity(descriptor) else { return -Int(errno) }
            waiting.withLock { $0.append(Write(file: file, bytes: bytes, offset: offset)) }
            return bytes.count
        }

        private func flush(_ descriptor: Int32) -> Int32 {
            guard let file = FileIdentity(descriptor) else { return errno }
            let due = waiting.withLock { waiting in
                defer { waiting.removeAll { $0.file == file } }
                return waiting.filter { $0.file == file }
            }
            for write in due {
                let result = DiskCalls.system.write(descriptor, write.bytes, write.offset)
                guard result == write.bytes.count else { return result < 0 ? Int32(clamping: -result) : EIO }
            }
            return DiskCalls.system.sync(descriptor)
        }
    }

    /// A file whatever descriptor it is open under: numbers of descriptors are used again.
    private struct FileIdentity: Equatable {
        private let device: dev_t
        private let inode: ino_t

        init?(_ descriptor: Int32) {
            var info = stat()
            guard unsafe fstat(descriptor, &info) == 0 else { return nil }
            device = info.st_dev
            inode = info.st_ino
        }
    }
#endif
