import FoundationEssentials
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Restart files in the folder of a log.
struct RestartFolder: RestartFiles {
    private static let runSuffix = ".ids"
    private static let pointSuffix = ".restart"
    /// More than a point of a full table of recent ids takes.
    private static let pointBytesMax = 64 << 20

    let directory: String
    let calls: DiskCalls
    /// What it knows goes to the disk with each point.
    let accounts: AccountReading

    func keep(_ records: [EventRecord]) throws -> any EventRun {
        try EventRunFile(writing: freeName(), in: directory, records, calls: calls)
    }

    func run(named name: String) -> (any EventRun)? {
        try? EventRunFile(reading: name, in: directory, calls: calls)
    }

    func write(_ bytes: [UInt8], named name: String) throws {
        let file = try OpenFile(path(name), .create, calls: calls)
        try file.write(bytes, at: 0)
        try file.sync()
        accounts.keepActive()
        try syncDirectory(directory)
    }

    func read(_ name: String) -> [UInt8]? {
        guard let file = try? OpenFile(path(name), .read, calls: calls), let bytes = try? file.size(),
            bytes <= Self.pointBytesMax
        else { return nil }
        return try? file.read(at: 0, count: bytes)
    }

    func remove(except names: Set<String>) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for file in files where isOurs(file) && !names.contains(file) { unsafe unlink(path(file)) }
    }

    private func isOurs(_ file: String) -> Bool { file.hasSuffix(Self.runSuffix) || file.hasSuffix(Self.pointSuffix) }

    private func freeName() -> String {
        var number = 1
        while exists("\(number)\(Self.runSuffix)") { number += 1 }
        return "\(number)\(Self.runSuffix)"
    }

    private func exists(_ name: String) -> Bool { unsafe access(path(name), F_OK) == 0 }
    private func path(_ name: String) -> String { directory + "/" + name }
}
