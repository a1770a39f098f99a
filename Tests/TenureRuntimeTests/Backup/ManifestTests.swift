import TenureCore
import TenureRuntime
import Testing

struct ManifestTests {
    private var manifest: Manifest {
        var manifest = Manifest(tool: "0.1.0", created: noon)
        manifest.files = [Manifest.File(path: "workspaces/acme/store.sqlite", bytes: 4096, digest: "ab")]
        manifest.workspaces = [Manifest.Place(slug: "acme", position: 7, logEnd: 9, digest: "cd")]
        return manifest
    }

    @Test func `it is read as it was written`() throws {
        #expect(try Manifest(text: manifest.text) == manifest)
        #expect(manifest.bytes == 4096)
    }

    @Test func `every flipped bit is found`() {
        let text = manifest.text
        for place in text.indices {
            for bit in 0..<8 {
                var damaged = text
                damaged[place] ^= 1 << UInt8(bit)
                #expect(throws: ManifestRefusal.self, "byte \(place), bit \(bit)") { try Manifest(text: damaged) }
            }
        }
    }

    @Test func `a form of tomorrow is told from damage, with the version that made it`() {
        var later = manifest
        later.format += 1
        later.tool = "9.0.0"
        #expect(throws: ManifestRefusal.tooNew(tool: "9.0.0")) { try Manifest(text: later.text) }
    }

    @Test(arguments: ["../secret.key", "/etc/passwd", "a/../../b", "a//b", "", "a/."])
    func `no path leads out of the folder`(_ path: String) {
        var other = manifest
        other.files[0].path = path
        #expect(throws: ManifestRefusal.damaged) { try Manifest(text: other.text) }
    }
}
