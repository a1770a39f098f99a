/// Files beside a log that spare a start the reading of all of it. Each may be lost: the log tells everything again.
/// Calls block.
package protocol RestartFiles: Sendable {
    /// Takes ids of events out of memory; durable but for its name when it returns.
    ///
    /// - Parameter records: each key once.
    func keep(_ records: [EventRecord]) throws -> any EventRun
    /// nil: it is not there any more, unreadable or damaged.
    func run(named name: String) -> (any EventRun)?
    /// Durable when it returns, with its name and with those of all files that were kept before.
    func write(_ bytes: [UInt8], named name: String) throws
    /// nil: it is not there any more, unreadable, or larger than any that was written.
    func read(_ name: String) -> [UInt8]?
    /// What cannot be removed now goes another time.
    func remove(except names: Set<String>)
}

extension RestartFiles {
    /// nil: nothing was written, as on a full disk, and nothing is lost by it. But after a failed flush nobody knows what is
    /// on the disk: that is thrown.
    package func ifWritten<Value>(_ write: (Self) throws -> Value) throws -> Value? {
        do {
            return try write(self)
        } catch let failure as StorageFailure {
            if case .syncFailed = failure { throw failure }
            return nil
        }
    }
}
