package import TenureCore

/// Decisions, checkpoints, outbox and everything people look up, of one workspace. Calls block.
///
/// `commit` is one durable transaction: either all of it, with the position it came from, or nothing.
package protocol StateStore: Sendable {
    func commit(_ commit: Commit) throws
    /// Several, oldest first, in one durable transaction where the backend has them.
    func commit(_ commits: [Commit]) throws

    // Recovery
    /// Position up to which decisions are recorded; 0 for a new store.
    func committedPosition() throws -> UInt64
    /// Ascending by account. Each is handed over outside any lock or transaction.
    func checkpoints(_ body: (Checkpoint) throws -> Void) throws
    /// Complete ones, oldest first.
    func marks() throws -> [Mark]
    /// The states of a mark, ascending by account, handed over as checkpoints are.
    func states(ofMark position: UInt64, _ body: (Checkpoint) throws -> Void) throws
    /// Digest of the decisions recorded for each position in the range, ascending; positions without any are
    /// left out.
    func decisionDigests(from position: UInt64) throws -> [(position: UInt64, digest: UInt64)]

    // Looking up
    /// Newest first, before the given place; at most `limit`.
    func decisions(account: AccountID, before: DecisionPlace?, limit: Int) throws -> [DecisionRow]
    /// Oldest first, after the given place, of all accounts.
    func decisions(after: DecisionPlace?, limit: Int) throws -> [DecisionRow]
    /// Decisions of the kind `signalWithheld`, newest first, of all accounts.
    func withheldSignals(limit: Int) throws -> [DecisionRow]
    func dailies(account: AccountID, days: ClosedRange<Day>) throws -> [DailyRow]
    /// The first and the last day that is kept of an account; nil: none is.
    func dailyRange(account: AccountID) throws -> ClosedRange<Day>?
    /// What the places of kept metrics mean, ascending by number.
    func metricLayouts() throws -> [MetricLayout]
    /// Ascending by key.
    func contacts(account: AccountID) throws -> [ContactRow]
    func contact(account: AccountID, key: String) throws -> ContactRow?
    /// Ascending by account and key: those whose name or address holds the text, in whatever case its ASCII letters are.
    func contacts(containing text: String, limit: Int) throws -> [ContactRow]
    /// Of all contacts, what stands behind the `@` of their addresses, in small ASCII letters: each once an account,
    /// ascending by account and domain.
    func contactDomains() throws -> [(account: AccountID, domain: String)]
    /// Newest first.
    func notes(account: AccountID, limit: Int) throws -> [NoteRow]
    /// Newest first; a `beforeKey` that is unknown gives nothing.
    func outbox(_ query: OutboxQuery) throws -> [OutboxRow]
    func outbox(key: String) throws -> OutboxRow?
    /// What happened to a message, oldest first: the newest `OutboxStep`s, at most `limit`.
    func outboxSteps(key: String, limit: Int) throws -> [OutboxStep]
    /// Mails that an address got, or may have got, from an instant on, newest first; ASCII letters match in either case.
    func arrivals(at address: String, since: Instant, limit: Int) throws -> [OutboxArrival]
    /// Ascending by number, after the given one.
    func quarantine(subject: String?, after: Int64, limit: Int) throws -> [QuarantineRow]
    /// Those of the subjects for which anything waits, in their order; one look for many.
    func quarantined(among subjects: [String]) throws -> [String]
    /// Ascending by subject.
    func quarantineCounts() throws -> [(subject: String, count: Int)]
    /// Every version of the programme that the workspace has, oldest first, without their files.
    func programmes() throws -> [ProgrammeRow]
    /// One with its files.
    func programme(_ number: Int) throws -> ProgrammeRow?
    func setting(_ name: String) throws -> String?
    /// Ascending by name.
    func settings(prefix: String) throws -> [(name: String, value: String)]
    func idempotentAnswer(principal: String, key: String) throws -> IdempotentAnswer?

    // The dispatcher's own writes
    /// Takes up to `limit` rows that are due, by due instant, age and key, and marks them as being sent, in one
    /// transaction.
    func claimOutbox(due: Instant, limit: Int) throws -> [OutboxRow]
    /// Applies to rows that are being sent; others stay as they are, so that a settlement told twice changes
    /// nothing.
    func settle(_ settlements: [OutboxSettlement]) throws

    /// Readings for /metrics and doctor: durability level read back from the writer (`2` is FULL), page
    /// counts.
    func diagnostics() throws -> [(name: String, value: Int64)]

    /// Housekeeping between commits, called by the writer's loop when it is idle: gives the write-ahead
    /// file's space back. Backends without one do nothing.
    func tidy() throws
}

extension StateStore {
    package func commit(_ commits: [Commit]) throws {
        for commit in commits { try self.commit(commit) }
    }

    package func tidy() throws {}
}

/// All that one turn of the writer leaves behind.
package struct Commit: Sendable {
    package var position: UInt64
    package var now: Instant
    package var decisions: [DecisionRow] = []
    package var decisionsDigest: UInt64 = 0
    package var checkpoints: [Checkpoint] = []
    /// A part of the states of a mark that is being made; their position is the mark's.
    package var markedStates: [Checkpoint] = []
    /// The mark whose states are complete with this commit. The oldest beyond `Mark.countMax`, and states of marks that
    /// were never completed, are forgotten with it.
    package var completedMark: Mark?
    package var dailies: [DailyRow] = []
    /// A number that is known keeps its names.
    package var metricLayouts: [MetricLayout] = []
    /// New messages. A key that is known keeps its row untouched.
    package var outbox: [OutboxRow] = []
    /// Outbox rows not yet claimed that must not leave any more: key and reason. Applied last; rows that are
    /// neither queued nor held stay as they are.
    package var cancellations: [(key: String, reason: String)] = []
    /// Outbox rows not yet claimed that are kept and never leave: key and reason. Rows that are neither queued nor held
    /// stay as they are.
    package var withholdings: [(key: String, reason: String)] = []
    /// Held or failed outbox rows that a person lets go: queued, due at the instant.
    package var approvals: [(key: String, due: Instant, reason: String)] = []
    /// Queued outbox rows that wait for a later instant, and are looked at again at the given one.
    package var hastenings: [(key: String, due: Instant, reason: String)] = []
    package var contacts: [ContactRow] = []
    package var notes: [NoteRow] = []
    /// Notes of which nothing is kept; applied after `notes`.
    package var erasedNotes: [(account: AccountID, id: String)] = []
    /// New rows have the number 0; another number replaces the row that has it, if it still waits.
    package var quarantine: [QuarantineRow] = []
    package var released: [Int64] = []
    package var settings: [(name: String, value: String?)] = []
    /// A number that is known gets the new row: until it took effect, a version can be replaced.
    package var programmes: [ProgrammeRow] = []
    /// The first answer under a key stands.
    package var answers: [IdempotentAnswer] = []
    /// Forgets stored answers older than this first, so that their keys may be used again.
    package var answersExpiredBefore: Instant?

    package init(position: UInt64, now: Instant) {
        self.position = position
        self.now = now
    }
}

/// The whole state of one account as of a position.
package struct Checkpoint: Hashable, Sendable {
    package var account: AccountID
    package var position: UInt64
    package var bytes: [UInt8]

    package init(account: AccountID, position: UInt64, bytes: [UInt8]) {
        self.account = account
        self.position = position
        self.bytes = bytes
    }
}

/// A place in the log at which the state of every account was kept: whoever asks for a later one begins there.
package struct Mark: Hashable, Sendable {
    package var position: UInt64
    /// Recorded time of the block at that position.
    package var at: Instant
    /// The programme's version that was in force.
    package var version: Int
    /// What the workspace's accounts share, as of the position.
    package var workspace: [UInt8]

    package static let countMax = 6

    package init(position: UInt64, at: Instant, version: Int, workspace: [UInt8]) {
        self.position = position
        self.at = at
        self.version = version
        self.workspace = workspace
    }
}

/// Where a decision stands in the journal: the block it came from and its number in that block.
package struct DecisionPlace: Hashable, Comparable, Sendable {
    package var position: UInt64
    package var ordinal: Int

    package init(position: UInt64, ordinal: Int) {
        self.position = position
        self.ordinal = ordinal
    }

    package static func < (left: DecisionPlace, right: DecisionPlace) -> Bool {
        (left.position, left.ordinal) < (right.position, right.ordinal)
    }
}

package struct DecisionRow: Hashable, Sendable {
    package var place: DecisionPlace
    package var account: AccountID
    package var at: Instant
    /// `scoreMoved`, `signalRaised`, …
    package var kind: String
    /// The engine's binary form.
    package var bytes: [UInt8]

    /// What opens, closes and judges signals.
    package static let signalTurnKinds = [
        "signalRaised", "signalCleared", "signalMarkedFalse", "signalConfirmed", "signalTakenBack",
    ]

    package init(place: DecisionPlace, account: AccountID, at: Instant, kind: String, bytes: [UInt8]) {
        self.place = place
        self.account = account
        self.at = at
        self.kind = kind
        self.bytes = bytes
    }
}

/// A person at the account. The only place that holds names and addresses of customers; the log holds keys.
///
/// In a commit it is a mention: what it leaves empty stays as the store knows it, and nobody is subscribed again.
package struct ContactRow: Hashable, Sendable {
    package var account: AccountID
    package var key: String
    package var name: String
    package var email: String
    package var role: String
    package var hasLeft: Bool { didSet { tellsLeft = true } }
    package var isUnsubscribed: Bool
    package var updated: Instant
    /// Whether a mention says that the person left or is there.
    package private(set) var tellsLeft: Bool

    /// - Parameter hasLeft: nil when a mention says nothing of it.
    package init(
        account: AccountID, key: String, name: String, email: String, role: String, hasLeft: Bool?,
        isUnsubscribed: Bool, updated: Instant
    ) {
        self.account = account
        self.key = key
        self.name = name
        self.email = email
        self.role = role
        self.hasLeft = hasLeft ?? false
        tellsLeft = hasLeft != nil
        self.isUnsubscribed = isUnsubscribed
        self.updated = updated
    }

    /// The row to keep after this mention.
    package func merged(over known: ContactRow?) -> ContactRow {
        ContactRow(
            account: account, key: key, name: name.isEmpty ? known?.name ?? "" : name,
            email: email.isEmpty ? known?.email ?? "" : email, role: role.isEmpty ? known?.role ?? "" : role,
            hasLeft: tellsLeft ? hasLeft : known?.hasLeft ?? false,
            isUnsubscribed: isUnsubscribed || known?.isUnsubscribed ?? false, updated: updated)
    }
}

/// A version of the programme, as the workspace keeps it: what ran can always be read again.
package struct ProgrammeRow: Hashable, Sendable {
    /// 1 for the first, then one more each.
    package var number: Int
    /// SHA-256 of all its files, in hexadecimal.
    package var digest: String
    package var at: Instant
    package var by: String
    /// Why it was published, in the publisher's words.
    package var reason: String
    /// All files, the catalogue's included where it builds on that.
    package var files: [UInt8]
    /// nil: it needed no second person.
    package var approval: Approval?

    /// Who let a version into force that somebody else had proposed, and in which words; they may be none.
    package struct Approval: Hashable, Sendable {
        package var by: String
        package var reason: String

        package init(by: String, reason: String) {
            self.by = by
            self.reason = reason
        }
    }

    package init(
        number: Int, digest: String, at: Instant, by: String, reason: String, files: [UInt8], approval: Approval? = nil
    ) {
        self.number = number
        self.digest = digest
        self.at = at
        self.by = by
        self.reason = reason
        self.files = files
        self.approval = approval
    }
}

package struct NoteRow: Hashable, Sendable {
    package var account: AccountID
    package var id: String
    package var at: Instant
    package var author: String
    package var text: String

    package init(account: AccountID, id: String, at: Instant, author: String, text: String) {
        self.account = account
        self.id = id
        self.at = at
        self.author = author
        self.text = text
    }
}

/// A fact whose account is not known yet: kept with its times, browsable, released when the account appears.
package struct QuarantineRow: Hashable, Sendable {
    /// 0 when new; the store numbers it.
    package var number: Int64
    /// The sender's name for the account or member.
    package var subject: String
    package var at: Instant
    /// Why it waits: `unknown-account`, `unmapped-event`.
    package var reason: String
    /// The fact in binary form.
    package var bytes: [UInt8]

    package init(number: Int64 = 0, subject: String, at: Instant, reason: String, bytes: [UInt8]) {
        self.number = number
        self.subject = subject
        self.at = at
        self.reason = reason
        self.bytes = bytes
    }
}

/// The stored answer of a command, given again to a retry with the same key.
package struct IdempotentAnswer: Hashable, Sendable {
    package var principal: String
    package var key: String
    /// Hash of method, path and body: another request under the same key is refused.
    package var requestHash: String
    package var status: Int
    package var body: String
    package var at: Instant

    package init(principal: String, key: String, requestHash: String, status: Int, body: String, at: Instant)
    {
        self.principal = principal
        self.key = key
        self.requestHash = requestHash
        self.status = status
        self.body = body
        self.at = at
    }
}
