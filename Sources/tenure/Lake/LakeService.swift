import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import TenureCore

/// Writes each day to the lake once it is over, beside the server and behind it.
struct LakeService: Service {
    let data: DataFolder
    let lake: String
    let keepDays: Int?
    let logger: Logger

    private static let secondsBetweenLooks = 60
    private static let secondsAfterFailure = 600

    func run() async throws {
        let end = EndFlag()
        await withGracefulShutdownHandler {
            var sealed: Day?
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                let due = LakeRun.endOfWholeDays(wallClock())
                let isDone = sealed == due ? true : await seal(end)
                if isDone { sealed = due }
                await pause(isDone ? Self.secondsBetweenLooks : Self.secondsAfterFailure)
            }
        } onGracefulShutdown: {
            end.raise()
        }
    }

    private func pause(_ seconds: Int) async {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(seconds)) }
    }

    /// Whether everything is in it. What fails is tried again; the server goes on.
    private func seal(_ end: EndFlag) async -> Bool {
        do {
            try await onQuietThread { [self] in
                let run = try LakeRun(data, lake, keepDays: keepDays)
                for slug in try data.slugs() where !data.isUnfinished(slug) {
                    _ = try run.seal(slug) { _ in try end.check() }
                }
            }
            return true
        } catch is CancellationError {
            return false
        } catch {
            logger.warning("The lake was not written", metadata: ["error": "\(error)"])
            return false
        }
    }
}

/// Raised once, when the server ends: what has not been written then is written after the next start.
private final class EndFlag: Sendable {
    private let isRaised = Atomic(false)

    func raise() { isRaised.store(true, ordering: .relaxed) }
    func check() throws { if isRaised.load(ordering: .relaxed) { throw CancellationError() } }
}

/// Runs what takes long on a thread of its own that makes way for all others.
private func onQuietThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
        Thread {
            // Of this thread alone, on Linux.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
            continuation.resume(with: Result { try body() })
        }.start()
    }
}
