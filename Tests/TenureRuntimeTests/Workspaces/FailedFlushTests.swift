import Synchronization
import TenureStore
import Testing

@testable import TenureRuntime

struct FailedFlushTests {
    private let flush = StorageFailure.syncFailed(path: "store", code: 5)

    @Test func `a flush that fails outside of a block ends the process as well`() async throws {
        let ends = Mutex<[StorageFailure]>([])
        let acme = try await RoomyWorkspace(onFatal: { error in
            if let failure = error as? StorageFailure { ends.withLock { $0.append(failure) } }
        })
        await #expect(throws: flush) { try await acme.workspace.read { [flush] _ -> Int in throw flush } }
        #expect(ends.withLock { $0 } == [flush])
    }

    @Test func `other failures of a look-up are its caller's alone`() async throws {
        let acme = try await RoomyWorkspace()
        let failure = StorageFailure.failed(path: "store", detail: "read: error 5")
        await #expect(throws: failure) { try await acme.workspace.read { _ -> Int in throw failure } }
        await #expect(throws: WriterRefusal.overloaded) { try await acme.workspace.read { _ -> Int in throw WriterRefusal.overloaded } }
    }
}
