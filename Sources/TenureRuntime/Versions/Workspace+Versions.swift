import Foundation
package import TenureAuthoring
package import TenureCore
import TenureEngine
import TenureProgramme
package import TenureStore

/// What publishing would do now, and what it would have done to the recorded past. Nothing was changed to find out.
package struct Plan: Sendable {
    package let running: ProgrammeRow
    package let digest: String
    package let change: ProgrammeChange
    package let prediction: Prediction
    package let window: Range<Instant>
    package let past: Replay.Result
}

/// A folder that is no programme: every mistake, as `tenure check` words them.
package struct ProgrammeMistakes: Error, Sendable {
    package let text: String
}

extension Workspace {
    /// Versions that took effect, oldest first, without their files.
    package func versions() async throws -> [ProgrammeRow] {
        let number = programme.programme.version
        return try await read { try $0.programmes() }.filter { $0.number <= number }
    }

    /// A programme from its files, or what is wrong with it.
    package func load(_ files: [(path: String, text: String)]) throws -> LoadedProgramme {
        let folder = ProgrammeFolder(files: files)
        let (loaded, mistakes) = library.read(folder)
        guard let loaded else { throw ProgrammeMistakes(text: library.text(mistakes, of: folder)) }
        return loaded
    }

    /// What publishing would do, found on copies beside the running writer.
    ///
    /// - Parameter since: where the recorded past begins that is lived through again.
    package func plan(_ loaded: LoadedProgramme, since: Instant) async throws -> Plan {
        try await withCheckedThrowingContinuation { continuation in
            onArchive {
                continuation.resume(with: Result { try self.planNow(loaded, since: since) })
            }
        }
    }

    private func planNow(_ loaded: LoadedProgramme, since: Instant) throws -> Plan {
        let writer = copyOfWriter()
        let number = writer.programme.programme.version
        guard let running = try store.programme(number) else { throw PublishRefusal.unknownVersion(number) }
        guard running.digest != loaded.digest else { throw PublishRefusal.unchanged(number: number) }
        let end = writer.lastNow
        let window = min(since, end)..<end
        let replay = Replay(
            library, writer.log, store, from: try inForce(at: window.lowerBound, number) ?? running,
            to: loaded.row(number + 1, at: end, by: "", reason: ""), window: window,
            merges: writer.merges, workers: ProcessInfo.processInfo.activeProcessorCount)
        let moment = now
        let ((change, prediction), past) = try both({ [library] in
            (ProgrammeChange(from: try library.load(running), to: loaded), try writer.predicted(loaded, now: moment))
        }, { try replay.run() })
        return Plan(
            running: running, digest: loaded.digest,
            change: change, prediction: prediction, window: window,
            past: past)
    }

    private func inForce(at instant: Instant, _ newest: Int) throws -> ProgrammeRow? {
        let rows = try store.programmes().filter { $0.number <= newest }
        let number = (rows.last { $0.at <= instant } ?? rows.first)?.number
        return try number.flatMap { try store.programme($0) }
    }
}
