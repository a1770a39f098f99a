package import TenureCore

/// How an entity stood from one instant on, as far as one clock is concerned.
struct ClockStretch: Hashable, Sendable {
    var since: Instant
    var runs: Bool
    var isOver: Bool
    /// nil: nothing is promised.
    var target: ClockTarget?

    func isAlike(_ other: ClockStretch) -> Bool {
        isOver ? other.isOver : !other.isOver && runs == other.runs && target == other.target
    }
}

/// What a clock shows at an instant, by the facts alone and whatever was concluded before: the same facts give the same
/// reading, in whatever order they came.
package struct ClockReading: Sendable {
    package let started: Instant
    package private(set) var target: ClockTarget?
    package private(set) var due: Instant?
    /// nil: it runs, or is over.
    package private(set) var pausedSince: Instant?
    /// The first instant at which it ran behind the target that held then.
    package private(set) var overdueSince: Instant?
    package private(set) var ended: Instant?
    /// Waits that are over, in order; of one that lasts nobody knows the length.
    package private(set) var waits: [Range<Instant>] = []
    /// Each target that held, and since when.
    package private(set) var held: [Held] = []
    private let frame: TimeFrame
    private let now: Instant

    package struct Held: Hashable, Sendable {
        package let since: Instant
        package let target: ClockTarget?
    }
}

extension ClockReading {
    /// - Parameters:
    ///   - stretches: from the start on, none alike the one before; never empty.
    ///   - reopens: whether what comes behind an end counts.
    init(_ stretches: [ClockStretch], from started: Instant, reopens: Bool, _ frame: TimeFrame, now: Instant) {
        self.started = started
        self.frame = frame
        self.now = now
        for place in stretches.indices {
            let next = place + 1 < stretches.count ? stretches[place + 1].since : nil
            if stretches[place].isOver {
                end(stretches[place], until: reopens ? next : nil)
                if !reopens { return }
            } else {
                go(stretches[place], until: next)
            }
        }
    }

    private mutating func end(_ stretch: ClockStretch, until reopened: Instant?) {
        // Over as soon as it began: what is promised then counts.
        if held.isEmpty { hold(stretch) }
        pausedSince = nil
        guard let reopened else {
            ended = stretch.since
            return
        }
        waits.append(stretch.since..<max(stretch.since, reopened))
    }

    private mutating func go(_ stretch: ClockStretch, until end: Instant?) {
        hold(stretch)
        guard stretch.runs else { return wait(stretch, until: end) }
        pausedSince = nil
        guard let due, overdueSince == nil, due <= now, end.map({ due < $0 }) ?? true else { return }
        overdueSince = max(due, stretch.since)
    }

    private mutating func wait(_ stretch: ClockStretch, until end: Instant?) {
        pausedSince = pausedSince ?? stretch.since
        if let end { waits.append(stretch.since..<max(stretch.since, end)) }
    }

    private mutating func hold(_ stretch: ClockStretch) {
        if held.isEmpty || target != stretch.target { held.append(Held(since: stretch.since, target: stretch.target)) }
        target = stretch.target
        due = target.map { whenDue($0.within) }
    }

    /// The span from the start, and as much again as the clock waited before it was over.
    private func whenDue(_ span: Span) -> Instant {
        waits.reduce(frame.adding(span, to: started)) { due, wait in
            wait.lowerBound < due ? frame.postponing(due, by: wait, of: span) : due
        }
    }
}
