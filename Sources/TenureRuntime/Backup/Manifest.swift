import Crypto
package import TenureCore

/// What a backup says of itself: every file with its length and digest, and where each workspace stood.
package struct Manifest: Hashable, Sendable {
    /// Of this form. A backup of a higher one was made by a newer version.
    package static let format: Int64 = 1
    package static let fileName = "manifest.json"

    package var format = Manifest.format
    /// Version of the program that made it.
    package var tool: String
    package var created: Instant
    package var files: [File] = []
    package var workspaces: [Place] = []

    package struct File: Hashable, Sendable {
        /// Below the backup's folder.
        package var path: String
        package var bytes: Int
        /// SHA-256, in hexadecimal.
        package var digest: String

        package init(path: String, bytes: Int, digest: String) {
            self.path = path
            self.bytes = bytes
            self.digest = digest
        }
    }

    /// Where a workspace stood when it was copied.
    package struct Place: Hashable, Sendable {
        package var slug: String
        /// Up to which decisions are recorded.
        package var position: UInt64
        /// The last block of the log.
        package var logEnd: UInt64
        /// Of all decisions, in hexadecimal: equal for equal histories.
        package var digest: String

        package init(slug: String, position: UInt64, logEnd: UInt64, digest: String) {
            self.slug = slug
            self.position = position
            self.logEnd = logEnd
            self.digest = digest
        }
    }

    package init(tool: String, created: Instant) {
        self.tool = tool
        self.created = created
    }

    package var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
}

/// Why a manifest cannot be believed.
package enum ManifestRefusal: Error, Hashable, Sendable {
    case damaged
    case tooNew(tool: String)
}

// MARK: - As text

extension Manifest {
    /// One line of JSON that carries the digest of itself.
    package var text: [UInt8] {
        let body = document
        return JSON.object(["manifest": body, "sha256": .string(Self.digest(of: body))]).bytes + [0x0A]
    }

    package init(text: [UInt8]) throws(ManifestRefusal) {
        var limits = JSONReader.Limits()
        limits.members = 1 << 20
        guard case .success(let whole) = JSONReader.read(text, limits: limits), let body = whole.object?["manifest"],
            whole.object?["sha256"]?.string == Self.digest(of: body), let object = body.object
        else { throw .damaged }
        let tool = object["tool"]?.string ?? "?"
        guard let format = object["format"]?.int, format <= Self.format else { throw .tooNew(tool: tool) }
        guard let created = object["created"]?.string.flatMap({ try? Instant.parse(rfc3339: $0).get() }),
            let files = Self.all(object["files"], File.init), let workspaces = Self.all(object["workspaces"], Place.init)
        else { throw .damaged }
        self.init(tool: tool, created: created)
        self.files = files
        self.workspaces = workspaces
        // Whatever else stood between its bytes is not ours.
        guard self.text == text else { throw .damaged }
    }

    private static func digest(of body: JSON) -> String { hexadecimal(SHA256.hash(data: body.bytes)) }

    private static func all<Item>(_ list: JSON?, _ read: (JSONObject) -> Item?) -> [Item]? {
        guard let list = list?.array else { return nil }
        let items = list.compactMap { $0.object.flatMap(read) }
        return items.count == list.count ? items : nil
    }

    private var document: JSON {
        [
            "format": .int(format), "tool": .string(tool), "created": .string(created.text),
            "workspaces": .array(workspaces.map(\.document)), "files": .array(files.map(\.document)),
        ]
    }
}

extension Manifest.File {
    fileprivate var document: JSON {
        ["path": .string(path), "bytes": .int(Int64(bytes)), "sha256": .string(digest)]
    }

    fileprivate init?(_ object: JSONObject) {
        guard let path = object["path"]?.string, let bytes = object["bytes"]?.int.flatMap({ Int(exactly: $0) }),
            let digest = object["sha256"]?.string, bytes >= 0, Self.isBelow(path)
        else { return nil }
        self.init(path: path, bytes: bytes, digest: digest)
    }

    /// No path of a manifest leads out of its folder.
    private static func isBelow(_ path: String) -> Bool {
        !path.isEmpty && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
    }
}

extension Manifest.Place {
    package var document: JSON {
        [
            "workspace": .string(slug), "position": .int(Int64(clamping: position)), "log_end": .int(Int64(clamping: logEnd)),
            "digest": .string(digest),
        ]
    }

    fileprivate init?(_ object: JSONObject) {
        guard let slug = object["workspace"]?.string, let position = object["position"]?.int.flatMap({ UInt64(exactly: $0) }),
            let end = object["log_end"]?.int.flatMap({ UInt64(exactly: $0) }), let digest = object["digest"]?.string
        else { return nil }
        self.init(slug: slug, position: position, logEnd: end, digest: digest)
    }
}
