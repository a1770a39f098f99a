package import TenureCore
import TenureProgramme

/// Facts about the workspace that every account's turn may read.
package struct WorkspaceState: Hashable, Sendable {
    /// When the workspace left the import fence; nil: it has not.
    package var liveSince: Instant?
    /// When an event of each type was last recorded, from anybody: silence of all makes metrics stale, not zero.
    package var lastRecorded: [String: Instant] = [:]
    /// Newest record of any activity event.
    package var lastActivity: Instant?
    /// By event type, empty for any activity: when it last spoke again after an hour in which nobody had been heard.
    private var resumptions: [String: Resumption] = [:]

    private struct Resumption: Hashable, Sendable {
        /// When it had been heard of before.
        var before: Instant
        /// The block that told of it.
        var at: Instant
    }

    package init() {}

    package var isLive: Bool { liveSince != nil }

    /// Whether what is concluded at an instant may have effects.
    func isFenced(at instant: Instant) -> Bool { liveSince.map { instant < $0 } ?? true }

    /// When an event of the type, or any activity where it is empty, was last recorded from anybody.
    package func lastHeard(_ type: String) -> Instant? { type.isEmpty ? lastActivity : lastRecorded[type] }

    /// - Parameter now: of the block that the fact came with.
    package mutating func fold(_ fact: Fact, programme: CompiledProgramme, at now: Instant) {
        if fact.type == FactType.workspaceWentLive { liveSince = min(liveSince ?? fact.recorded, fact.recorded) }
        guard let plan = programme.events[fact.type] else { return }
        if let before = Self.hear(fact, &lastRecorded[fact.type]) { resume(fact.type, before, now) }
        if plan.type.isActivity, let before = Self.hear(fact, &lastActivity) { resume("", before, now) }
    }

    /// When the source had been heard of before, if the fact is newer.
    private static func hear(_ fact: Fact, _ last: inout Instant?) -> Instant? {
        let before = last
        guard before.map({ $0 < fact.recorded }) ?? true else { return nil }
        last = fact.recorded
        return before
    }

    /// Of a block's facts the first counts, so that their order does not. Shorter silences are nobody's `max_age`. Who was
    /// silent again before it had settled was so all the time.
    private mutating func resume(_ type: String, _ before: Instant, _ now: Instant) {
        guard now - before > Milliseconds.hour, resumptions[type]?.at != now else { return }
        let unsettled = resumptions[type].flatMap { now < $0.at + Silence.settlingMilliseconds ? $0.before : nil }
        resumptions[type] = Resumption(before: min(before, unsettled ?? before), at: now)
    }
}

// MARK: - Silence

/// When the silence of a source says nothing about one account.
struct Silence: Sendable {
    /// The first instant at which nobody has been heard of for too long, as far as is known.
    var begins: Instant
    /// The last one that was too long, until what gathered meanwhile is in; and when somebody was heard of again. Accounts
    /// whose clocks stand before it still live through it.
    var earlier: (span: Range<Instant>, spoke: Instant)?

    /// A collector that was down sends what it kept in a few requests, account by account. Whoever concluded between two of
    /// them would see use fall that had not.
    static let settlingMilliseconds = 30 * Milliseconds.minute

    func holds(at now: Instant) -> Bool { now >= begins || earlier?.span.contains(now) ?? false }

    /// Instants at which it begins or ends.
    var changes: [Instant] { [begins] + (earlier.map { [$0.span.lowerBound, $0.span.upperBound] } ?? []) }
}

extension WorkspaceState {
    /// - Parameters:
    ///   - type: of events; empty: any activity.
    ///   - hours: for how long nobody need be heard of.
    /// - Returns: nil: nobody has ever been heard of.
    func silence(of type: String, hours: Int) -> Silence? {
        guard let last = lastHeard(type) else { return nil }
        let most = Int64(hours) * Milliseconds.hour
        var silence = Silence(begins: last + most + 1)
        if let resumed = resumptions[type], resumed.at - resumed.before > most {
            let span = resumed.before + most + 1..<resumed.at + Silence.settlingMilliseconds
            silence.earlier = (span, resumed.at)
        }
        return silence
    }
}

// MARK: - Bytes

extension WorkspaceState {
    package var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(liveSince) { $0.write($1) }
        writer.write(lastActivity) { $0.write($1) }
        writer.write(list: lastRecorded.sorted { $0.key < $1.key }) {
            $0.write($1.key)
            $0.write($1.value)
        }
        writer.write(list: resumptions.sorted { $0.key < $1.key }) {
            $0.write($1.key)
            $0.write($1.value.before)
            $0.write($1.value.at)
        }
        return writer.bytes
    }

    /// Throws `CorruptBytes` for anything but what `bytes` gave.
    package init(bytes: [UInt8]) throws {
        var reader = ByteReader(bytes)
        liveSince = try reader.readOptional { try $0.readInstant() }
        lastActivity = try reader.readOptional { try $0.readInstant() }
        let recorded = try reader.readList { (try $0.readString(), try $0.readInstant()) }
        lastRecorded = Dictionary(recorded, uniquingKeysWith: { max($0, $1) })
        // Earlier versions knew of no source that settles.
        guard !reader.isAtEnd else { return }
        let resumed = try reader.readList {
            (try $0.readString(), Resumption(before: try $0.readInstant(), at: try $0.readInstant()))
        }
        resumptions = Dictionary(resumed, uniquingKeysWith: { $0.at < $1.at ? $1 : $0 })
        guard reader.isAtEnd else { throw CorruptBytes(offset: reader.offset) }
    }
}
