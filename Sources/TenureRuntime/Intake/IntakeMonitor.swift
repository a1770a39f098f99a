import Synchronization
package import TenureCore

/// What senders have sent since the process started, by source: for people who look, in memory alone and bounded.
package final class IntakeMonitor: Sendable {
    private let sources = Mutex<[ID<IntakeMonitor>: SourceActivity]>([:])
    /// Sources beyond it are not watched.
    private static let sourcesMax = 200

    package init() {}

    package func record(_ items: [SeenItem], from source: String) {
        guard let last = items.last else { return }
        sources.withLock { sources in
            let key = ID<IntakeMonitor>(source)
            guard sources[key] != nil || sources.count < Self.sourcesMax else { return }
            sources[key, default: SourceActivity(source, since: last.at)].take(items)
        }
    }

    /// In byte order of their names.
    package var all: [SourceActivity] {
        sources.withLock { Array($0.values) }.sorted { precedes($0.name, $1.name) }
    }
}

/// One item of a request, and what became of it. Of what it said, its type and whom it was about are kept alone.
package struct SeenItem: Hashable, Sendable {
    package enum Fate: String, Hashable, Sendable, CaseIterable { case accepted, duplicate, quarantined, rejected }

    package var at: Instant
    package var id: String
    package var type: String
    package var fate: Fate
    /// Of a rejected one: code, sentence and place.
    package var refusal: IntakeRefusal?
    /// The programme knows no event of this type.
    package var isUnmapped: Bool

    package init(
        at: Instant, id: String, type: String, fate: Fate, refusal: IntakeRefusal? = nil, isUnmapped: Bool = false
    ) {
        self.at = at
        self.id = id
        self.type = type
        self.fate = fate
        self.refusal = refusal
        self.isUnmapped = isUnmapped
    }
}

/// What one source has sent.
package struct SourceActivity: Sendable {
    package let name: String
    package let since: Instant
    package private(set) var last: Instant
    package private(set) var counts: [SeenItem.Fate: Int] = [:]
    /// By code.
    package private(set) var rejections: [String: Int] = [:]
    /// By type: how often, and when last.
    package private(set) var unmapped: [String: (count: Int, last: Instant)] = [:]
    /// Newest last.
    package private(set) var tail: [SeenItem] = []
    private var minutes: [(number: Int64, count: Int)] = []

    package static let tailMax = 50
    /// Names of events, and codes, beyond it are not counted.
    package static let namesMax = 100

    init(_ name: String, since: Instant) {
        self.name = name
        self.since = since
        last = since
    }

    mutating func take(_ items: [SeenItem]) {
        for item in items { count(item) }
        tail = Array((tail + items.suffix(Self.tailMax)).suffix(Self.tailMax))
        guard let newest = items.last else { return }
        last = max(last, newest.at)
        let minute = floorDivide(newest.at.milliseconds, Milliseconds.minute)
        if minutes.last?.number == minute {
            minutes[minutes.count - 1].count += items.count
        } else {
            minutes = Array(minutes.suffix(59))
            minutes.append((number: minute, count: items.count))
        }
    }

    private mutating func count(_ item: SeenItem) {
        counts[item.fate, default: 0] += 1
        if let code = item.refusal?.code, rejections[code] != nil || rejections.count < Self.namesMax {
            rejections[code, default: 0] += 1
        }
        guard item.isUnmapped, unmapped[item.type] != nil || unmapped.count < Self.namesMax else { return }
        unmapped[item.type] = (1 + (unmapped[item.type]?.count ?? 0), item.at)
    }

    /// Items of the hour up to an instant.
    package func lastHour(at now: Instant) -> Int {
        let first = floorDivide(now.milliseconds, Milliseconds.minute) - 59
        return minutes.reduce(0) { $0 + ($1.number >= first ? $1.count : 0) }
    }
}
