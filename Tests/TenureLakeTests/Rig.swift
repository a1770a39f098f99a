import Foundation
import TenureCore
import TenureLake
import TenureSegments
import TenureStore

/// A log of made-up days, and lakes made of it, in a folder that goes away with the test.
final class Rig {
    let path: String
    let log: SegmentLog

    static let start = Day(CivilDate(year: 2026, month: 3, day: 1))
    static let slug = "acme"

    init() throws {
        path = NSTemporaryDirectory() + "tenure-lake-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        log = try SegmentLog(directory: path + "/log", segmentBytes: 4000)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A block on the n-th day: its facts, numbered through.
    func append(day: Int, facts: Int, hour: Int = 8) throws {
        let position = log.end + 1
        let now = Instant(
            milliseconds: (Int64(Self.start.number) + Int64(day)) * Milliseconds.day + Int64(hour) * Milliseconds.hour
                + Int64(position))
        try log.append(
            LogBlock(position: position, now: now, facts: (0..<facts).map { Self.fact(position, $0, now) }))
    }

    private static func fact(_ position: UInt64, _ number: Int, _ now: Instant) -> Fact {
        let account = "a-\(number % 3)"
        let isFirst = position == 1 && number < 3
        return Fact(
            occurred: now + -Int64(number), recorded: now, source: "test", id: "\(position)-\(number)",
            account: AccountID("acc_" + account), type: isFirst ? FactType.accountChanged : "user.session",
            member: number % 5 == 0 ? "key-of-ana" : "key-of-bob",
            data: isFirst ? ["id": .string(account)] : ["feature": "reports", "value": .int(Int64(number))])
    }

    /// The clock's own.
    func tick(day: Int) throws {
        let now = Instant(milliseconds: (Int64(Self.start.number) + Int64(day)) * Milliseconds.day + Milliseconds.hour)
        let fact = Fact(
            occurred: now, recorded: now, source: "clock", id: "clock", account: nil, type: FactType.clockReached)
        try log.append(LogBlock(position: log.end + 1, now: now, facts: [fact]))
    }

    func folder(_ name: String) -> LakeFolder { LakeFolder(path + "/" + name) }

    /// Opened as a process of its own would, its lock given back behind the call.
    func withLake<Value>(
        _ name: String, log: String = "log", _ body: (inout WorkspaceLake) throws -> Value
    ) throws -> Value {
        let lock = try folder(name).lock(started: "now")
        defer { withExtendedLifetime(lock) {} }
        var lake = try WorkspaceLake(
            Self.slug, in: folder(name), log: path + "/" + log, key: { PersonKey("key-of-" + $0) })
        return try body(&lake)
    }

    @discardableResult
    func seal(_ name: String, days: Int, partRowsMax: Int = 1 << 20) throws -> SealedParts {
        try withLake(name) { try $0.seal(before: Self.start + Int32(days), partRowsMax: partRowsMax) }
    }

    /// Files that readers look at, with their bytes.
    func files(_ name: String) throws -> [String: [UInt8]] {
        let folder = folder(name)
        return try folder.parts(Self.slug).reduce(into: [:]) { files, part in
            files[part.day.text + "/" + part.file] = [UInt8](
                try Data(contentsOf: URL(filePath: folder.path(Self.slug, part))))
        }
    }

    func rows(_ name: String) throws -> Int { try LakeSize(folder(name), Self.slug).rows }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: path + "/" + file) }
}
