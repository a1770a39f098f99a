import Synchronization
import TenureSegments
import Testing

@Suite(.temporaryFolders) struct BallastTests {
    /// A disk whose free room a test decides.
    private final class Disk: Sendable {
        private let free: Mutex<Int>

        init(free: Int) { self.free = Mutex(free) }

        func set(free value: Int) { free.withLock { $0 = value } }
        var space: DiskSpace { DiskSpace(total: 2_000_000, free: free.withLock { $0 }) }
    }

    private func ballast(_ folder: TemporaryFolder, _ disk: Disk) -> Ballast {
        Ballast(directory: folder.path) { disk.space }
    }

    @Test func `a twentieth of a small disk is set aside, with real blocks`() throws {
        let folder = try TemporaryFolder()
        #expect(ballast(folder, Disk(free: 1_000_000)).hasRoom())
        #expect(try folder.bytes("ballast").count == 100_000)
        #expect(ballast(folder, Disk(free: 60_000)).hasRoom())
        #expect(try folder.files() == ["ballast"])
    }

    @Test func `a start on a full disk gives it up, and writing waits until it is back`() throws {
        let folder = try TemporaryFolder()
        let disk = Disk(free: 1_000_000)
        _ = ballast(folder, disk)
        disk.set(free: 40_000)
        let late = ballast(folder, disk)
        #expect(try folder.files() == [])
        #expect(!late.hasRoom())
        disk.set(free: 140_000)
        #expect(!late.hasRoom())
        disk.set(free: 150_000)
        #expect(late.hasRoom())
        #expect(try folder.bytes("ballast").count == 100_000)
    }

    @Test func `whoever removes it from under a running server gets its room`() throws {
        let folder = try TemporaryFolder()
        let disk = Disk(free: 1_000_000)
        let running = ballast(folder, disk)
        disk.set(free: 0)
        try folder.remove("ballast")
        #expect(running.hasRoom())
        #expect(try folder.files() == [])
    }

    @Test func `a filesystem that tells nothing hinders nobody`() throws {
        let folder = try TemporaryFolder()
        #expect(Ballast(directory: folder.path) { nil }.hasRoom())
        #expect(try folder.files() == [])
    }
}
