package import TenureCore

/// Something the engine concluded, in the past tense. Timeline, audit, outbox and tests all read these.
package struct Decision: Hashable, Sendable {
    package var account: AccountID
    /// Processed time.
    package var at: Instant
    package var what: Conclusion

    package init(account: AccountID, at: Instant, what: Conclusion) {
        self.account = account
        self.at = at
        self.what = what
    }
}

/// One case per capability; what each can conclude stands in its own folder.
package enum Conclusion: Hashable, Sendable {
    case health(HealthDecision)
    case signal(SignalDecision)
    case play(PlayDecision)
    case outreach(OutreachDecision)
    case merging(MergingDecision)
    case sla(SLADecision)

    /// Whether a condition of an earlier stage may ask for it: signals and plays, but not what follows from the score,
    /// and not clocks, which come first.
    var isReadByConditions: Bool {
        switch self {
        case .signal, .play: true
        case .health, .outreach, .merging, .sla: false
        }
    }

    /// What reads differently after it.
    var aspects: Aspects {
        switch self {
        case .health: .health
        case .signal: .signals
        case .play: .plays
        case .sla: .clocks
        case .outreach, .merging: []
        }
    }

    /// `scoreMoved`, `signalRaised`, …
    package var kind: String {
        switch self {
        case .health(let decision): decision.kind
        case .signal(let decision): decision.kind
        case .play(let decision): decision.kind
        case .outreach(let decision): decision.kind
        case .merging(let decision): decision.kind
        case .sla(let decision): decision.kind
        }
    }
}

extension Decision {
    package var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(account.text)
        writer.write(at)
        switch what {
        case .health(let decision):
            writer.write(byte: 0)
            decision.write(into: &writer)
        case .signal(let decision):
            writer.write(byte: 1)
            decision.write(into: &writer)
        case .play(let decision):
            writer.write(byte: 2)
            decision.write(into: &writer)
        case .outreach(let decision):
            writer.write(byte: 3)
            decision.write(into: &writer)
        case .merging(let decision):
            writer.write(byte: 4)
            decision.write(into: &writer)
        case .sla(let decision):
            writer.write(byte: 5)
            decision.write(into: &writer)
        }
        return writer.bytes
    }

    package init(bytes: [UInt8]) throws {
        var reader = ByteReader(bytes)
        account = AccountID(try reader.readString())
        at = try reader.readInstant()
        switch try reader.readByte() {
        case 0: what = .health(try HealthDecision(from: &reader))
        case 1: what = .signal(try SignalDecision(from: &reader))
        case 2: what = .play(try PlayDecision(from: &reader))
        case 3: what = .outreach(try OutreachDecision(from: &reader))
        case 4: what = .merging(try MergingDecision(from: &reader))
        case 5: what = .sla(try SLADecision(from: &reader))
        default: throw CorruptBytes(offset: reader.offset)
        }
    }

    /// The only way in which conclusions change.
    package func apply(to conclusions: inout Conclusions) {
        switch what {
        case .health(let decision): decision.apply(to: &conclusions.health, at: at)
        case .signal(let decision): decision.apply(to: &conclusions, at: at)
        case .play(let decision): decision.apply(to: &conclusions, at: at)
        case .outreach: break
        case .merging(let decision): decision.apply(to: &conclusions)
        case .sla(let decision): decision.apply(to: &conclusions.clocks, at: at)
        }
    }
}
