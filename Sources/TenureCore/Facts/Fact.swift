/// Something observed, normalised and resolved to its account: what the intake log holds and the engine folds.
package struct Fact: Hashable, Sendable {
    /// Three times that are never confused: when it happened, when it reached us; processing stamps the third.
    package var occurred: Instant
    package var recorded: Instant
    /// The name of the sender; with `id` the identity of the fact inside its workspace.
    package var source: String
    package var id: String
    /// nil for facts about the workspace itself.
    package var account: AccountID?
    /// The event's name in the programme's vocabulary (`user.session`) or one of `FactType`.
    package var type: String
    /// Opaque key of the member who did it: never an e-mail address or a name.
    package var member: String?
    package var data: JSONObject
    package var operation: Operation
    package var flags: Flags

    package enum Operation: Hashable, Sendable {
        case append
        /// Takes the fact with that id (of the same source) back.
        case retract(id: String)
    }

    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Accepted behind the import fence: builds state, its effects are recorded as withheld.
        package static let fenced = Flags(rawValue: 1)
        /// Occurred more than the lateness window before it was recorded: stored, touches no state.
        package static let late = Flags(rawValue: 2)
        /// The sender's clock was ahead; occurred was clamped to recorded.
        package static let clamped = Flags(rawValue: 4)
        /// The sender gave no time; occurred is the time of receipt.
        package static let untimed = Flags(rawValue: 8)
        /// The sender named a login alone; its account was looked up.
        package static let byLogin = Flags(rawValue: 16)
    }

    package init(
        occurred: Instant, recorded: Instant, source: String, id: String, account: AccountID?, type: String,
        member: String? = nil, data: JSONObject = JSONObject(), operation: Operation = .append, flags: Flags = []
    ) {
        self.occurred = occurred
        self.recorded = recorded
        self.source = source
        self.id = id
        self.account = account
        self.type = type
        self.member = member
        self.data = data
        self.operation = operation
        self.flags = flags
    }
}

/// Names of the facts that the product itself defines, beside the events of a programme.
package enum FactType {
    /// Fields of an account, partial: absent means unchanged.
    package static let accountChanged = "account.changed"
    /// A person known at the account: role, since when, left or not.
    package static let contactChanged = "contact.changed"
    /// A person's judgement of one health component: grade or points, author, reason, expiry.
    package static let gradeGiven = "grade.given"
    /// A CSM's overall judgement beside the model.
    package static let pulseGiven = "pulse.given"
    package static let flagRaised = "flag.raised"
    package static let flagCleared = "flag.cleared"
    package static let noteAdded = "note.added"
    package static let ownerAssigned = "owner.assigned"
    package static let taskCompleted = "task.completed"
    package static let taskReopened = "task.reopened"
    package static let stepSignedOff = "step.signed_off"
    package static let playStarted = "play.start_requested"
    package static let playStopped = "play.stop_requested"
    package static let playPaused = "play.pause_requested"
    package static let playResumed = "play.resume_requested"
    package static let signalAcknowledged = "signal.acknowledged"
    package static let signalSnoozed = "signal.snoozed"
    /// A person says that a signal was wrong, or right.
    package static let signalMarkedFalse = "signal.marked_false"
    package static let signalConfirmed = "signal.confirmed"
    /// A person takes back what was said of a signal: `SignalTreatment` says what.
    package static let signalTakenBack = "signal.taken_back"
    /// At the survivor: another account's facts count here from now on. Taken back, they count there again.
    package static let accountMerged = "account.merged"
    /// At the other account of the same merge.
    package static let accountLeft = "account.left"
    /// An outbox row's fate, come back from the post office.
    package static let messageSettled = "message.settled"
    /// The workspace leaves the import fence.
    package static let workspaceWentLive = "workspace.went_live"
    /// A programme version takes effect.
    package static let programmePublished = "programme.published"
    /// The clock reached the fact's instant.
    package static let clockReached = "clock.reached"
}

/// Names in the data of those facts that more than one layer writes or reads.
package enum FactField {
    /// Of a start by a person: it is refused where the play by its own rules would not start.
    package static let heedsRules = "heeds_rules"
    /// Of a merge: the account at its other side, by Tenure's id.
    package static let other = "account"
    package static let otherName = "name"
    /// Of a merge: fields that come from the account that leaves, and fields that stay the survivor's.
    package static let (taken, kept) = ("taken", "kept")
    package static let by = "by"
    package static let reason = "reason"
}

/// How far behind its occurrence a fact may be recorded and still correct state (decision 2).
package let latenessWindowMilliseconds: Int64 = 35 * Milliseconds.day

extension ByteWriter {
    package mutating func write(_ fact: Fact) {
        write(fact.occurred)
        write(fact.recorded)
        write(fact.source)
        write(fact.id)
        write(fact.account) { $0.write($1.text) }
        write(fact.type)
        write(fact.member) { $0.write($1) }
        write(fact.data)
        switch fact.operation {
        case .append: write(byte: 0)
        case .retract(let id):
            write(byte: 1)
            write(id)
        }
        write(byte: fact.flags.rawValue)
    }
}

extension ByteReader {
    package mutating func readFact() throws -> Fact {
        Fact(
            occurred: try readInstant(), recorded: try readInstant(), source: try readString(), id: try readString(),
            account: try readOptional { AccountID(try $0.readString()) }, type: try readString(),
            member: try readOptional { try $0.readString() }, data: try readJSONObject(),
            operation: try readOperation(), flags: Fact.Flags(rawValue: try readByte()))
    }

    private mutating func readOperation() throws -> Fact.Operation {
        switch try readByte() {
        case 0: .append
        case 1: .retract(id: try readString())
        default: throw CorruptBytes(offset: offset)
        }
    }
}
