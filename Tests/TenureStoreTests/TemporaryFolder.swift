import Foundation
import Synchronization
import Testing

/// A folder that goes away when the test that made it ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "tenure-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        FolderKeeping.kept?.keep(self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + file)))
    }

    func write(_ bytes: [UInt8], _ file: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + file))
    }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: path + "/" + file) }

    func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

/// Holds on to the folders of a test case until it ends, whoever else lets go of them.
struct FolderKeeping: SuiteTrait, TestTrait, TestScoping {
    @TaskLocal fileprivate static var kept: KeptFolders?

    let isRecursive = true

    @concurrent
    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await FolderKeeping.$kept.withValue(KeptFolders()) { try await function() }
    }
}

extension Trait where Self == FolderKeeping {
    static var temporaryFolders: FolderKeeping { FolderKeeping() }
}

private final class KeptFolders: Sendable {
    private let folders = Mutex<[TemporaryFolder]>([])

    func keep(_ folder: TemporaryFolder) { folders.withLock { $0.append(folder) } }
}
