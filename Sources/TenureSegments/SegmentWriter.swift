import TenureCompression
import TenureCore
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The end of the log: the segment that is being written. One caller at a time.
struct SegmentWriter {
    /// Full segments, ascending.
    private(set) var sealed: [SegmentExtent]
    private(set) var active: SegmentExtent
    private var file: OpenFile
    private var salt: UInt32
    private var now: Instant?
    /// Set when the file's end is no longer known; only a restart, which looks at the file, helps.
    private var broken: StorageFailure?
    private let directory: String
    private let segmentBytes: Int
    private let calls: DiskCalls
    private let compressor = Compressor()

    init(
        sealed: [SegmentExtent], scan: SegmentScan, file: OpenFile, now: Instant?, directory: String,
        segmentBytes: Int, calls: DiskCalls
    ) {
        self.sealed = sealed
        active = scan.extent
        self.file = file
        salt = scan.salt
        self.now = scan.now ?? now
        self.directory = directory
        self.segmentBytes = segmentBytes
        self.calls = calls
    }

    /// Returns after the block is on stable storage.
    mutating func append(_ block: LogBlock) throws {
        if let broken { throw broken }
        try block.mustFollow(end: active.last, now: now, path: file.path)
        do {
            try write(block)
        } catch let failure as StorageFailure {
            if case .syncFailed = failure { broken = failure }
            throw failure
        }
        now = block.now
    }

    private mutating func write(_ block: LogBlock) throws {
        var encoded = try EncodedBlock(block, compressor: compressor, salt: salt, path: file.path)
        if !active.isEmpty, encoded.count > segmentBytes - active.end {
            try roll()
            encoded = try EncodedBlock(block, compressor: compressor, salt: salt, path: file.path)
        }
        try write(encoded.bytes)
    }

    private mutating func write(_ bytes: [UInt8]) throws {
        FaultPoint.logBeforeWrite.reached()
        try flushPlantedDelay()
        do {
            try file.write(bytes, at: active.end)
        } catch {
            takeBack()
            throw error
        }
        FaultPoint.logWritten.reached()
        try flush()
        FaultPoint.logSynced.reached()
        active.add(bytes.count)
    }

    private func flush() throws {
        #if DEBUG
            if PlantedBug.acknowledgeBeforeSync.isChosen || PlantedBug.noLogSync.isChosen { return }
        #endif
        try file.sync()
    }

    /// The planted bug's late flush of the block before.
    private func flushPlantedDelay() throws {
        #if DEBUG
            if PlantedBug.acknowledgeBeforeSync.isChosen { try file.sync() }
        #endif
    }

    /// Cuts a half-written block off, so that the write did not happen.
    private mutating func takeBack() {
        do {
            try file.truncate(to: active.end)
        } catch {
            broken = error as? StorageFailure ?? .failed(path: file.path, detail: "\(error)")
        }
    }

    /// Seals the full segment and begins the next one. Done again from the start after a failure.
    private mutating func roll() throws {
        try SegmentIndex.write(active, SegmentName(directory: directory, first: active.first), calls: calls)
        FaultPoint.sealIndexed.reached()
        let next = SegmentName(directory: directory, first: active.last + 1)
        (file, salt) = try SegmentWriter.create(next, calls: calls)
        sealed.append(active.withoutMarks)
        active = SegmentExtent(first: next.first)
    }

    /// A new, empty, durable segment file.
    static func create(_ name: SegmentName, calls: DiskCalls) throws -> (file: OpenFile, salt: UInt32) {
        let salt = UInt32.random(in: .min ... .max)
        do {
            let file = try OpenFile(name.log, .create, calls: calls)
            try file.write(SegmentHeader(first: name.first, salt: salt).encoded, at: 0)
            FaultPoint.sealBegun.reached()
            try file.sync()
            try syncDirectory(name.directory)
            return (file, salt)
        } catch {
            unsafe unlink(name.log)
            throw error
        }
    }
}
