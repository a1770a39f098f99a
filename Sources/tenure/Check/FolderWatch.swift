import Foundation
import Synchronization
import TenureAuthoring
import TenureRuntime
import UnixSignals

/// Checks folders again whenever a file in them changes, until somebody interrupts.
///
/// It looks at names, sizes and times a few times a second: that works on every file system, over networks too, and
/// for editors that write a new file and rename it.
struct FolderWatch: Sendable {
    private struct Stamp: Equatable {
        var bytes: Int
        var changed: Date
    }

    private static let intervalSeconds = 0.25
    private let folders: [String]
    private let check: ProgrammeCheck

    init(_ folders: [String], _ check: ProgrammeCheck) throws {
        guard !folders.isEmpty, !folders.contains(where: { embeddedProgrammes.names.contains($0) }) else {
            throw Failure(
                code: "nothing-to-watch", what: "Only folders can change; the embedded programmes are part of the binary.",
                remedy: "Give the folder of a programme: tenure check --watch my-programme")
        }
        self.folders = folders
        self.check = check
    }

    /// Ends on SIGINT and SIGTERM. Reading and checking block, so they have a thread of their own.
    func run() async throws {
        let isOver = Flag()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let thread = Thread { loop(isOver) }
        thread.stackSize = 8 << 20
        thread.start()
        for await _ in signals { break }
        isOver.raise()
        say("stopped")
    }

    private func loop(_ isOver: Flag) {
        var seen = folders.map { stamps($0) }
        say("watching \(folders.joined(separator: ", ")); Ctrl-C ends")
        for folder in folders { read(folder) }
        while !isOver.isRaised {
            Thread.sleep(forTimeInterval: Self.intervalSeconds)
            for (index, folder) in folders.enumerated() {
                let now = stamps(folder)
                guard now != seen[index] else { continue }
                say("\(folder): \(changes(from: seen[index], to: now))")
                seen[index] = now
                read(folder)
            }
        }
    }

    /// A folder that is gone for a moment, or a file that is being written, is no reason to end.
    private func read(_ folder: String) {
        do {
            _ = try check.run(folder)
        } catch {
            print("\(error)")
        }
        fflush(nil)
    }

    private func stamps(_ folder: String) -> [String: Stamp] {
        var stamps: [String: Stamp] = [:]
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for name in names where ProgrammeFolder.holds(name) {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name) else { continue }
            stamps[name] = Stamp(
                bytes: attributes[.size] as? Int ?? 0, changed: attributes[.modificationDate] as? Date ?? .distantPast)
        }
        return stamps
    }

    private func changes(from old: [String: Stamp], to new: [String: Stamp]) -> String {
        let names = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
        let shown = names.prefix(3).map { name in
            name + (old[name] == nil ? " is new" : new[name] == nil ? " is gone" : " changed")
        }
        return shown.joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }

    /// A line between two checks; in JSON every line is an answer.
    private func say(_ words: String) {
        guard !check.json else { return }
        let line = "── \(words) "
        print("\n" + line + String(repeating: "─", count: max(3, 100 - line.count)) + "\n")
        fflush(nil)
    }
}

/// Something that happened once, seen by two threads.
private final class Flag: Sendable {
    private let value = Mutex(false)
    func raise() { value.withLock { $0 = true } }
    var isRaised: Bool { value.withLock { $0 } }
}
