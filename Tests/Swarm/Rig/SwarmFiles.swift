import TenureStore

/// What lies beside the log on a disk.
struct SwarmFolder: Sendable {
    private enum Content: Sendable {
        case bytes([UInt8])
        case run([EventKey: EventRecord])
    }

    private var files: [String: Content] = [:]
    /// Those whose names no flush has brought to the disk.
    private var nameless: Set<String> = []
    private var runs = 0

    mutating func keep(_ records: [EventRecord]) -> SwarmEventRun {
        runs += 1
        let run = SwarmEventRun(name: "\(runs).ids", records: Dictionary(uniqueKeysWithValues: records.map { ($0.key, $0) }))
        files[run.name] = .run(run.records)
        nameless.insert(run.name)
        return run
    }

    mutating func write(_ bytes: [UInt8], _ name: String) {
        files[name] = .bytes(bytes)
        nameless = []
    }

    func run(_ name: String) -> SwarmEventRun? {
        guard case .run(let records) = files[name] else { return nil }
        return SwarmEventRun(name: name, records: records)
    }

    func bytes(_ name: String) -> [UInt8]? {
        guard case .bytes(let bytes) = files[name] else { return nil }
        return bytes
    }

    mutating func remove(except names: Set<String>) {
        for name in files.keys where !names.contains(name) { files[name] = nil }
    }

    /// The power goes.
    mutating func loseNames() {
        for name in nameless { files[name] = nil }
        nameless = []
    }

    /// Whether it is in force or not.
    var newestPoint: String? {
        files.keys.compactMap { $0.hasSuffix(".restart") ? UInt64($0.dropLast(8)) : nil }.max().map { String($0) }
    }
}

struct SwarmEventRun: EventRun {
    let name: String
    let records: [EventKey: EventRecord]

    func record(_ key: EventKey) throws -> EventRecord? { records[key] }
}

/// The files beside the log of one process: some are refused, some are lost, and the power goes while one is written.
final class SwarmFiles: RestartFiles {
    private let disk: SwarmDisk
    private let process: Int

    init(_ disk: SwarmDisk, _ process: Int) {
        self.disk = disk
        self.process = process
    }

    func keep(_ records: [EventRecord]) throws -> any EventRun {
        try mayWrite()
        return disk.withFiles { $0.keep(records) }
    }

    func write(_ bytes: [UInt8], named name: String) throws {
        try mayWrite()
        disk.withFiles { $0.write(bytes, name) }
        try mayGoDown()
    }

    private func mayWrite() throws {
        try disk.requireRunning(process)
        if disk.happens(.fileRefused) { throw StorageFailure.full(path: "swarm") }
        try mayGoDown()
    }

    private func mayGoDown() throws {
        guard disk.happens(.cutBesideLog) else { return }
        disk.cut()
        throw ProcessGone()
    }

    func run(named name: String) -> (any EventRun)? {
        guard isThere, let run = disk.withFiles({ $0.run(name) }) else { return nil }
        return disk.plant == .runsForgotten ? SwarmEventRun(name: name, records: [:]) : run
    }

    func read(_ name: String) -> [UInt8]? { isThere ? disk.withFiles { $0.bytes(name) } : nil }

    private var isThere: Bool { (try? disk.requireRunning(process)) != nil && !disk.happens(.fileLost) }

    func remove(except names: Set<String>) {
        guard (try? disk.requireRunning(process)) != nil else { return }
        disk.withFiles { $0.remove(except: names) }
    }
}
