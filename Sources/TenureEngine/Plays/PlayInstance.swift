package import TenureCore

/// One run of a play at an account, pinned to the version of the programme that started it.
package struct PlayInstance: Hashable, Sendable {
    /// 1 for the account's first play, then one more each; part of the ids of its steps and tasks.
    package var number: Int32
    package var play: String
    package var programmeVersion: Int
    package var started: Instant
    /// `signal:<id>`, `condition`, or `person:<who>`.
    package var cause: String
    package var steps: [StepInstance]
    package var ended: Ending?
    package var paused: Pause?
    /// Time spent in pauses that are over.
    package var pausedMilliseconds: Int64 = 0

    package struct Ending: Hashable, Sendable {
        package var at: Instant
        package var outcome: String
    }

    package struct Pause: Hashable, Sendable {
        package var since: Instant
        package var by: String
        package var reason: String
    }

    package var isRunning: Bool { ended == nil }

    /// The outcome of a play of which every required step was done or skipped.
    package static let completed = "completed"
    /// The signal that started it was false.
    package static let falseAlarm = "false_alarm"

    /// The outcome of a play whose start was taken back. No exit and no person can say it otherwise: it is no name.
    package static let startUndone = "start undone"

    /// The outcome of a play whose account became part of another one; no name either.
    package static let accountMerged = "account merged"

    /// Whether the start was taken back: then the play counts as one that never ran.
    package var isUndone: Bool { ended.map { isSame($0.outcome, Self.startUndone) } ?? false }
}

extension Conclusions {
    /// Where the play's last run is; one whose start was undone is none.
    func placeOfLastRun(of play: String) -> Int? { plays.lastIndex { isSame($0.play, play) && !$0.isUndone } }

    /// The play's last run; one whose start was undone is none.
    package func lastRun(of play: String) -> PlayInstance? { placeOfLastRun(of: play).map { plays[$0] } }
}

extension PlayInstance {
    /// What a person's command says of the instance that it means. The number alone would mean another one where another
    /// version lives through the same past (``Replay``).
    package var reference: JSONObject {
        ["number": .int(Int64(number)), "play": .string(play), "started": .int(started.milliseconds)]
    }

    /// Whether it is the instance of which a command says these things; what it does not say fits.
    func isMeant(by fact: Fact) -> Bool {
        let reference = reference
        return reference.members.allSatisfy { member in fact.data[member.name].map { $0 == member.value } ?? true }
    }
}

package struct StepInstance: Hashable, Sendable {
    package enum State: UInt8, Hashable, Sendable, CaseIterable { case pending, ready, done, skipped }

    package var state: State = .pending
    /// 1 for the first run; repeating steps count up.
    package var attempt: Int32 = 1
    package var readyAt: Instant?
    package var due: Instant?
    package var settledAt: Instant?
    package var tasks: [Tick?]
    package var signOff: Tick?
    /// Escalations that have been sent.
    package var escalations: Int32 = 0

    package struct Tick: Hashable, Sendable {
        package var by: String
        package var at: Instant
    }

    package func isOverdue(at now: Instant) -> Bool { state == .ready && due.map { $0 <= now } ?? false }
}

extension ByteWriter {
    mutating func write(_ play: PlayInstance) {
        write(play.number)
        write(play.play)
        write(play.programmeVersion)
        write(play.started)
        write(play.cause)
        write(list: play.steps) { $0.write($1) }
        write(play.ended) {
            $0.write($1.at)
            $0.write($1.outcome)
        }
        write(play.paused) {
            $0.write($1.since)
            $0.write($1.by)
            $0.write($1.reason)
        }
        write(play.pausedMilliseconds)
    }

    private mutating func write(_ step: StepInstance) {
        write(byte: step.state.rawValue)
        write(step.attempt)
        write(step.readyAt) { $0.write($1) }
        write(step.due) { $0.write($1) }
        write(step.settledAt) { $0.write($1) }
        write(list: step.tasks) { $0.write($1) { $0.write($1) } }
        write(step.signOff) { $0.write($1) }
        write(step.escalations)
    }

    mutating func write(_ tick: StepInstance.Tick) {
        write(tick.by)
        write(tick.at)
    }
}

extension ByteReader {
    mutating func readPlayInstance() throws -> PlayInstance {
        PlayInstance(
            number: try readInt32(), play: try readString(), programmeVersion: try readInt(),
            started: try readInstant(), cause: try readString(), steps: try readList { try $0.readStepInstance() },
            ended: try readOptional { .init(at: try $0.readInstant(), outcome: try $0.readString()) },
            paused: try readOptional {
                .init(since: try $0.readInstant(), by: try $0.readString(), reason: try $0.readString())
            }, pausedMilliseconds: try readInt64())
    }

    private mutating func readStepInstance() throws -> StepInstance {
        guard let state = StepInstance.State(rawValue: try readByte()) else { throw CorruptBytes(offset: offset) }
        return StepInstance(
            state: state, attempt: try readInt32(), readyAt: try readOptional { try $0.readInstant() },
            due: try readOptional { try $0.readInstant() }, settledAt: try readOptional { try $0.readInstant() },
            tasks: try readList { try $0.readOptional { try $0.readTick() } },
            signOff: try readOptional { try $0.readTick() }, escalations: try readInt32())
    }

    mutating func readTick() throws -> StepInstance.Tick { .init(by: try readString(), at: try readInstant()) }
}
