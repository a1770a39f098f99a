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
