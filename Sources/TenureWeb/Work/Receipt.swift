import TenureCore

/// What a person just did, in words, and what takes it back.
struct Receipt: Hashable, Sendable {
    let id: String
    /// The teammate.
    let by: String
    let at: Instant
    /// Address of the page that tells of it.
    let page: String
    let words: String
    /// One for each thing that was done; none where nothing of it can be taken back.
    var undoings: [Undoing]
    var undone: Undone?

    struct Undone: Hashable, Sendable {
        let at: Instant
        let count: Int
        /// What was left as it is, and why.
        let left: [Left]
        /// Messages that had left before.
        let messagesSent: Int
    }

    struct Left: Hashable, Sendable {
        let account: AccountID
        let reason: String
    }

    /// How long what was done can be taken back.
    static let undoMilliseconds = 10 * Milliseconds.minute

    func mayBeUndone(by teammate: String, at now: Instant) -> Bool {
        undone == nil && !undoings.isEmpty && isSame(by, teammate) && now < undoneUntil
    }

    var undoneUntil: Instant { at + Self.undoMilliseconds }
}

typealias Receipts = KeptRows<Receipt>

/// How one thing that was done at an account is taken back.
enum Undoing: Hashable, Sendable {
    /// The person who was given the role, at which instant, and who had it before; nil: nobody.
    case owner(AccountID, role: String, person: String, at: Instant, before: String?)
    /// The play's run by its number.
    case start(AccountID, play: String, number: Int32)
    case note(AccountID, id: String)

    var account: AccountID {
        switch self {
        case .owner(let account, _, _, _, _), .start(let account, _, _), .note(let account, _): account
        }
    }
}
