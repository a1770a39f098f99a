import Synchronization
package import TenureCore
import TenureEngine
import TenureInsight
package import TenureStore

/// What was made of all accounts at once, kept for whoever asks next.
///
/// In a small workspace it is always as of the last commit. In a large one making it takes longer than a person waits, and
/// there is always a newer commit: whoever asks gets what was made last, and is told of when it is, while a newer one
/// is made behind it.
struct WholeViews: Sendable {
    /// What a view was made of.
    struct Stamp: Hashable, Sendable {
        let position: UInt64
        let day: Day
    }

    struct Kept: Sendable {
        let value: any Sendable
        let stamp: Stamp
        let made: Instant
        /// Milliseconds that making it took.
        let cost: Int64
        let make: @Sendable (Workspace, any StateStore) throws -> any Sendable
        var asked: Instant
    }

    private var kept: [String: Kept] = [:]
    static let countMax = 64
    /// More accounts make a workspace a large one.
    static let accountsExact = 1_000
    /// What only follows from the time may be so old.
    private static let currentMilliseconds = Milliseconds.minute
    /// Views that nobody has asked for since are not made anew.
    private static let askedMilliseconds = Milliseconds.hour
    /// Making views takes no more than one part in so many of the time.
    private static let share: Int64 = 20
    private static let pauseMilliseconds: Int64 = 10_000

    /// - Parameter isLarge: what is older than the last commit will do as well.
    mutating func find(_ name: String, _ stamp: Stamp, now: Instant, isLarge: Bool) -> Kept? {
        guard var found = kept[name], found.stamp.day == stamp.day else { return nil }
        let isCurrent = found.stamp == stamp && now - found.made < Self.currentMilliseconds
        guard isCurrent || isLarge else { return nil }
        found.asked = now
        kept[name] = found
        return found
    }

    /// Whether there is anything to give of that day without waiting.
    func has(_ name: String, of day: Day) -> Bool { kept[name]?.stamp.day == day }

    mutating func keep(_ name: String, _ view: Kept) {
        kept[name] = view
        guard kept.count > Self.countMax, let oldest = kept.min(by: { $0.value.asked < $1.value.asked }) else { return }
        kept[oldest.key] = nil
    }

    /// One that somebody asked for lately, of which there is a newer commit, and that may be made anew already.
    func due(_ stamp: Stamp, now: Instant) -> (name: String, view: Kept)? {
        let due = kept.filter { _, view in
            view.stamp != stamp && view.stamp.day == stamp.day && now - view.asked < Self.askedMilliseconds
                && now - view.made >= max(Self.pauseMilliseconds, view.cost * Self.share)
        }
        return due.min { $0.value.made < $1.value.made }.map { ($0.key, $0.value) }
    }
}

/// Something made of all accounts.
package struct WholeView<Value: Sendable>: Sendable {
    package let value: Value
    /// Of when it is; nil: of the last commit.
    package let asOf: Instant?
}

extension Workspace {
    /// What `make` gives, kept under a name that says what it depends on besides the accounts.
    package func wholeView<Value: Sendable>(
        _ name: String, _ make: @escaping @Sendable (Workspace, any StateStore) throws -> Value
    ) async throws -> WholeView<Value> {
        if let found: WholeView<Value> = find(name) { return found }
        let view = try await onViews { workspace -> WholeView<Value> in
            // Somebody else may have waited for the same.
            if let found: WholeView<Value> = workspace.find(name) { return found }
            let kept = try workspace.made(now: workspace.now, asked: workspace.now, make)
            workspace.views.withLock { $0.keep(name, kept.view) }
            return WholeView(value: kept.value, asOf: nil)
        }
        return view
    }

    private func find<Value: Sendable>(_ name: String) -> WholeView<Value>? {
        let (stamp, now) = (viewStamp, now)
        let isLarge = isLarge
        guard let kept = views.withLock({ $0.find(name, stamp, now: now, isLarge: isLarge) }), let value = kept.value as? Value
        else { return nil }
        return WholeView(value: value, asOf: kept.stamp == stamp ? nil : kept.made)
    }

    private func made<Value: Sendable>(
        now: Instant, asked: Instant, _ make: @escaping @Sendable (Workspace, any StateStore) throws -> Value
    ) throws -> (value: Value, view: WholeViews.Kept) {
        let (stamp, clock) = (viewStamp, ContinuousClock())
        let began = clock.now
        let value = try make(self, store)
        let cost = Int64((clock.now - began) / .milliseconds(1))
        return (value, WholeViews.Kept(value: value, stamp: stamp, made: now, cost: cost, make: { try make($0, $1) }, asked: asked))
    }

    /// Whether what takes longer than a person waits is made beforehand.
    var isLarge: Bool { accountCount > WholeViews.accountsExact }

    private var viewStamp: WholeViews.Stamp {
        WholeViews.Stamp(position: position, day: programme.defaultZoneRules.day(at: now))
    }

    /// Makes views anew that people look at, one after another. Called every few seconds.
    package func refreshViews() async throws {
        if isLarge {
            _ = try await warningRecord()
            if !hasDuplicates { _ = try await duplicates() }
        }
        while let due = views.withLock({ [stamp = viewStamp, now] in $0.due(stamp, now: now) }) {
            try await onViews { workspace in
                let kept = try workspace.made(now: workspace.now, asked: due.view.asked, due.view.make)
                workspace.views.withLock { $0.keep(due.name, kept.view) }
            }
        }
    }

    /// Makes ready what the first person who looks would wait for: the past months are read and accounts are measured.
    package func prepareViews() async throws {
        guard isLarge else { return }
        _ = try await overview()
        _ = try await warningRecord()
        try await onViews { _ = try $0.portfolio($0.store) }
    }
}
