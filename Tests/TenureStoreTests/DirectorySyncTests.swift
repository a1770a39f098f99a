import Foundation
import TenureStore
import Testing

@Suite(.temporaryFolders) struct DirectorySyncTests {
    @Test(arguments: ["a", "a/b/c", "a//b/"]) func `a directory is made with those above it that are missing`(name: String) throws {
        let folder = try TemporaryFolder()
        for _ in 1...2 { try makeDirectory(folder.path + "/" + name) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + name).isEmpty)
    }

    @Test func `a directory below a file cannot be made, and that says which`() throws {
        let folder = try TemporaryFolder()
        try folder.write([1], "file")
        #expect(throws: StorageFailure.failed(path: folder.path + "/file/a", detail: "cannot make the directory, error \(ENOTDIR)")) {
            try makeDirectory(folder.path + "/file/a")
        }
    }

    @Test(arguments: [("/", "/"), ("/a", "/"), ("/a/b", "/a"), ("a/b", "a"), ("a", ".")])
    func `a name lies in a directory`(path: String, above: String) {
        #expect(directory(of: path) == above)
    }
}
