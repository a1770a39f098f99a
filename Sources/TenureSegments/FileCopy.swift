import TenureStore

/// Reads files from their beginning, and copies them so that the copy is on stable storage.
package enum FileCopy {
    private static let partBytes = 1 << 20

    /// Hands over the file part by part, or its first `bytes`.
    package static func read(_ path: String, bytes: Int = .max, _ part: ([UInt8]) throws -> Void) throws {
        let file = try OpenFile(path, .read, calls: .system)
        var offset = 0
        while offset < bytes {
            let read = try file.read(at: offset, count: min(partBytes, bytes - offset))
            guard !read.isEmpty else { return }
            try part(read)
            offset += read.count
        }
    }

    /// Writes a new file for its owner alone; its name is the caller's to flush.
    package static func write(_ bytes: [UInt8], to target: String) throws {
        let file = try OpenFile(target, .create, calls: .ordinary)
        try file.write(bytes, at: 0)
        try file.sync()
    }

    /// Copies the file, or its first `bytes`, into a new one for its owner alone; its name is the caller's to flush.
    package static func copy(
        _ source: String, to target: String, bytes: Int = .max, _ part: ([UInt8]) throws -> Void
    ) throws {
        let copy = try OpenFile(target, .create, calls: .ordinary)
        var offset = 0
        try read(source, bytes: bytes) { read in
            try copy.write(read, at: offset)
            offset += read.count
            try part(read)
        }
        try copy.sync()
    }
}
