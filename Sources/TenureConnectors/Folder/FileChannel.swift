import Foundation
package import TenureRuntime

/// Writes each message into a folder, where a person can read it: `.eml` for mail, `.json` for chat. The
/// demo's post office. A second attempt for the same message writes the same file again.
package struct FileChannel: Channel {
    private let folder: String
    private let courier = Courier(threadsMax: 1)

    package init(folder: String) { self.folder = folder }

    package var name: String { "folder \(folder)" }

    package func send(_ delivery: Delivery) async -> DeliveryOutcome {
        let file = Self.fileName(delivery)
        return await courier.run(with: folder) { folder in
            do {
                try Self.write(delivery.body, file: file, folder: folder)
                return .accepted(detail: "written as \(file)")
            } catch {
                return .deferred(reason: "the file could not be written", retryAfterSeconds: nil)
            }
        }
    }

    /// Readable, unique, and never a path: what is no letter, digit, `-`, `_` or inner dot becomes `_`, and a
    /// hash of the whole id keeps two ids apart that look alike then.
    static func fileName(_ delivery: Delivery) -> String {
        let stem = delivery.messageID.utf8.drop { $0 == 0x3C }.prefix { $0 != 0x40 && $0 != 0x3E }.prefix(80)
        let safe = stem.map { HeaderText.isAlphanumeric($0) || $0 == 0x2D ? $0 : 0x5F }
        let hash = String(MessageHash.of(delivery.messageID), radix: 16)
        let ending =
            switch delivery.channel {
            case .mail: "eml"
            case .chat: "json"
            }
        return "\(String(decoding: safe, as: UTF8.self))-\(hash).\(ending)"
    }

    private static func write(_ bytes: [UInt8], file: String, folder: String) throws {
        let directory = URL(filePath: folder, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let place = directory.appending(path: file)
        try Data(bytes).write(to: place, options: .atomic)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: place.path(percentEncoded: false))
    }
}
