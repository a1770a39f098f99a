import Foundation
import TenureSegments
import TenureStore
import Testing

@Suite(.temporaryFolders) struct DirectoryLockTests {
    @Test func `a second owner is told who has the directory`() throws {
        let folder = try TemporaryFolder()
        let lock = try DirectoryLock(directory: folder.path, started: "2026-03-09T11:00:00Z")
        let owner = "pid \(ProcessInfo.processInfo.processIdentifier), started 2026-03-09T11:00:00Z"
        #expect(throws: StorageFailure.locked(path: folder.path + "/lock", owner: owner)) {
            _ = try DirectoryLock(directory: folder.path, started: "later")
        }
        withExtendedLifetime(lock) {}
    }

    @Test func `the directory is free again when its owner lets go`() throws {
        let folder = try TemporaryFolder()
        var lock: DirectoryLock? = try DirectoryLock(
            directory: folder.path + "/new/data", started: "a long text")
        #expect(lock != nil)
        lock = nil
        lock = try DirectoryLock(directory: folder.path + "/new/data", started: "b")
        let text = String(decoding: try folder.bytes("new/data/lock"), as: UTF8.self)
        #expect(text.hasSuffix("started b\n"))
        #expect(lock != nil)
    }
}
