package import TenureCore

/// Every accepted fact of one workspace, in order, durable before it is acknowledged. Calls block; one caller
/// appends.
package protocol IntakeLog: Sendable {
    /// Position of the newest block; 0 when empty.
    var end: UInt64 { get }
    /// Returns after the block is on stable storage. A `StorageFailure.syncFailed` is final: the process must
    /// end, since the kernel may have dropped the pages.
    func append(_ block: LogBlock) throws
    /// Hands over blocks from `position` on, in order, until `body` answers false.
    func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws
    /// Hands over, in order, at least the blocks from `position` on that hold facts of the account, until `body` answers
    /// false.
    func read(holding account: AccountID, from position: UInt64, _ body: (LogBlock) throws -> Bool) throws
    /// nil: there are none, a start reads all of it, and ids of its events stay in memory.
    var restartFiles: (any RestartFiles)? { get }
}

extension IntakeLog {
    package func read(holding account: AccountID, from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {
        try read(from: position, body)
    }

    package var restartFiles: (any RestartFiles)? { nil }

    /// Hands over blocks from `position` on as their facts took their turns, until `body` answers false: those that waited
    /// together with the one that they waited for. At `position` no turns are under way.
    ///
    /// - Returns: what still waits at the log's end; nil: nothing does, or `body` wanted no more.
    @discardableResult
    package func readTurns(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws -> LogBlock? {
        var waiting: LogBlock?
        try read(from: position) { block in
            waiting.join(block)
            guard let whole = waiting, !whole.waits else { return true }
            waiting = nil
            return try body(whole)
        }
        return waiting
    }
}

/// What storage can do to us; each case decides its consequence where it is caught.
package enum StorageFailure: Error, Sendable, Equatable {
    /// No room: the write did not happen, everything before it is safe, and it may be tried again later.
    case full(path: String)
    /// A flush to disk failed: nothing after it can be trusted.
    case syncFailed(path: String, code: Int32)
    /// A checksum does not match, or a block is missing in the middle of the log.
    case corrupt(path: String, detail: String)
    /// Somebody else owns the directory.
    case locked(path: String, owner: String)
    case failed(path: String, detail: String)
    /// Written by a newer version of this program.
    case newer(path: String)
}
