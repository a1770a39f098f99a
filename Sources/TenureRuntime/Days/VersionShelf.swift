import Synchronization
import TenureEngine

/// Past versions ready to be asked: the few that were asked for last, since reading one takes a good part of a second.
final class VersionShelf: Sendable {
    private struct Key: Hashable {
        let number: Int
        let pinned: [Int: Set<String>]
    }

    private static let versionsMax = 4
    private let kept = Mutex([(key: Key, programme: CompiledProgramme)]())

    func programme(
        _ number: Int, _ pinned: [Int: Set<String>], compile: () throws -> CompiledProgramme
    ) rethrows -> CompiledProgramme {
        let key = Key(number: number, pinned: pinned)
        if let known = kept.withLock({ $0.first { $0.key == key } }) { return known.programme }
        let made = try compile()
        kept.withLock { $0 = [(key, made)] + $0.filter { $0.key != key }.prefix(Self.versionsMax - 1) }
        return made
    }
}
