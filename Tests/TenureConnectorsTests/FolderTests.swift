import Foundation
import TenureConnectors
import TenureRuntime
import Testing

@Suite struct FolderTests {
    @Test func `every mail can be read as a file of its own`() async throws {
        let folder = try Peer.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let channel = FileChannel(folder: folder.appending(path: "out/mail").path)
        let first = try Delivery.mail()
        let written = await channel.send(first)
        #expect(written.text.hasPrefix("accepted: written as 8f3a-1-"))
        #expect(await channel.send(first) == written)
        #expect(await channel.send(try .mail(.note())).text.hasPrefix("accepted: written as note-1-"))
        #expect(await channel.send(.chat()).text.hasSuffix(".json"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out/mail").sorted()
        #expect(names.count == 3)
        let file = try #require(names.first { $0.hasPrefix("8f3a") })
        #expect(try Array(Data(contentsOf: folder.appending(path: "out/mail/\(file)"))) == first.body)
    }

    @Test(arguments: ["<../../etc/passwd@x>", "</@x>", "<a/b@x>", "", "<.@x>", "<a\u{0}b@x>"])
    func `no id leads out of the folder`(id: String) async throws {
        let folder = try Peer.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var delivery = try Delivery.mail()
        delivery.messageID = id
        #expect(await FileChannel(folder: folder.path).send(delivery).text.hasPrefix("accepted"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }

    @Test func `a folder that cannot be written means later`() async throws {
        let channel = FileChannel(folder: "/dev/null/mail")
        #expect(await channel.send(try .mail()).text == "deferred: the file could not be written")
    }

    @Test func `nowhere takes everything`() async throws {
        #expect(await NullChannel().send(try .mail()).text == "accepted: dropped on purpose")
    }
}
