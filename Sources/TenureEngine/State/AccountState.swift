package import TenureCore
import TenureProgramme

/// All that the engine knows of one account: what was observed, and what was concluded from it.
package struct AccountState: Hashable, Sendable {
    package var id: AccountID
    /// The instant up to which time has passed for this account; nil before its first fact.
    package var clock: Instant?
    package var created: Instant?
    /// What was observed, as it is handed on.
    var sharedObservations: Shared<Observations>
    /// What was concluded, as it is handed on.
    var sharedConclusions: Shared<Conclusions>

    package init(id: AccountID, programme: CompiledProgramme) {
        self.init(
            id: id, clock: nil, created: nil, observations: Shared(programme.emptyObservations()),
            conclusions: Conclusions.sharedNone)
    }

    /// Each setting makes a new whole: a turn changes what it shares with nobody, in place.
    package var observations: Observations {
        get { sharedObservations.value }
        set { sharedObservations = Shared(newValue) }
    }

    package var conclusions: Conclusions {
        get { sharedConclusions.value }
        set { sharedConclusions = Shared(newValue) }
    }

    /// Whether it is part of another account, where lists and figures find it.
    package var isPart: Bool { sharedConclusions.value.partOf != nil }

    /// All of it, of which nothing stays behind but the id: a turn that owns its state alone changes it in place.
    package mutating func taken() -> AccountState {
        var whole = AccountState(
            id: id, clock: clock, created: created, observations: Observations.sharedNone,
            conclusions: Conclusions.sharedNone)
        swap(&self, &whole)
        return whole
    }

    /// The observations, of which none stay behind.
    mutating func takenObservations() -> Shared<Observations> {
        var whole = Observations.sharedNone
        swap(&sharedObservations, &whole)
        return whole
    }

    private init(
        id: AccountID, clock: Instant?, created: Instant?, observations: Shared<Observations>,
        conclusions: Shared<Conclusions>
    ) {
        self.id = id
        self.clock = clock
        self.created = created
        sharedObservations = observations
        sharedConclusions = conclusions
    }

    /// 1 knew of no revenue and of nothing that is told apart; 2 of nothing that people say of signals but who had seen them;
    /// 3 of no account that is part of another; 4 of no clocks.
    private static let format: UInt8 = 5

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(byte: Self.format)
        writer.write(id.text)
        writer.write(clock) { $0.write($1) }
        writer.write(created) { $0.write($1) }
        writer.write(observations)
        writer.write(conclusions)
        return writer.bytes
    }

    /// Throws `CorruptBytes` for anything but what `bytes` gave.
    package init(bytes: [UInt8]) throws {
        var reader = ByteReader(bytes)
        let format = try reader.readByte()
        guard (1...Self.format).contains(format) else { throw CorruptBytes(offset: 0) }
        self.init(
            id: AccountID(try reader.readString()), clock: try reader.readOptional { try $0.readInstant() },
            created: try reader.readOptional { try $0.readInstant() },
            observations: Shared(try reader.readObservations(format: format)),
            conclusions: Shared(try reader.readConclusions(format: format)))
        guard reader.isAtEnd else { throw CorruptBytes(offset: reader.offset) }
    }
}

/// Facts about the workspace that every account's turn may read.
package struct WorkspaceState: Hashable, Sendable {
    /// When the workspace left the import fence; nil: it has not.
    package var liveSince: Instant?
    /// When an event of each type was last recorded, from anybody: silence of all makes metrics stale, not zero.
    package var lastRecorded: [String: Instant] = [:]
    /// Newest record of any activity event.
    package var lastActivity: Instant?
    /// When a feed that had been silent for everybody last spoke again: each account concludes anew from there on.
    package private(set) var resumed: Instant?

    package init() {}

    package var isLive: Bool { liveSince != nil }

    /// Whether what is concluded at an instant may have effects.
    func isFenced(at instant: Instant) -> Bool { liveSince.map { instant < $0 } ?? true }

    /// When an event of the type, or any activity where it is empty, was last recorded from anybody.
    package func lastHeard(_ type: String) -> Instant? { type.isEmpty ? lastActivity : lastRecorded[type] }

    /// Whether nothing has been heard for more than so many hours: then silence says nothing about one account.
    static func isSilent(since last: Instant, hours: Int, at now: Instant) -> Bool {
        now >= silent(since: last, hours: hours)
    }

    /// The first instant at which the silence is too long.
    static func silent(since last: Instant, hours: Int) -> Instant { last + Int64(hours) * Milliseconds.hour + 1 }

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(liveSince) { $0.write($1) }
        writer.write(lastActivity) { $0.write($1) }
        writer.write(list: lastRecorded.sorted { $0.key < $1.key }) {
            $0.write($1.key)
            $0.write($1.value)
        }
        writer.write(resumed) { $0.write($1) }
        return writer.bytes
    }

    /// Throws `CorruptBytes` for anything but what `bytes` gave.
    package init(bytes: [UInt8]) throws {
        var reader = ByteReader(bytes)
        liveSince = try reader.readOptional { try $0.readInstant() }
        lastActivity = try reader.readOptional { try $0.readInstant() }
        let recorded = try reader.readList { (try $0.readString(), try $0.readInstant()) }
        lastRecorded = Dictionary(recorded, uniquingKeysWith: { max($0, $1) })
        // Earlier versions woke nobody when a feed spoke again.
        if !reader.isAtEnd { resumed = try reader.readOptional { try $0.readInstant() } }
        guard reader.isAtEnd else { throw CorruptBytes(offset: reader.offset) }
    }

    package mutating func fold(_ fact: Fact, programme: CompiledProgramme) {
        if fact.type == FactType.workspaceWentLive { liveSince = min(liveSince ?? fact.recorded, fact.recorded) }
        guard let plan = programme.events[fact.type] else { return }
        var endsSilence = Self.hear(fact, &lastRecorded[fact.type], silenceHours: plan.silenceHours)
        if plan.type.isActivity, Self.hear(fact, &lastActivity, silenceHours: programme.activitySilenceHours) {
            endsSilence = true
        }
        if endsSilence { resumed = max(resumed ?? fact.recorded, fact.recorded) }
    }

    /// Whether the feed had been silent for everybody for more than so many hours.
    private static func hear(_ fact: Fact, _ last: inout Instant?, silenceHours: Int?) -> Bool {
        guard let known = last else {
            last = fact.recorded
            return false
        }
        guard known < fact.recorded else { return false }
        last = fact.recorded
        return silenceHours.map { isSilent(since: known, hours: $0, at: fact.recorded) } ?? false
    }
}
