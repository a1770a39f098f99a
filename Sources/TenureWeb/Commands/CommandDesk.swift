import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore

/// Carries commands out: facts to the writer, answered after the commit.
struct CommandDesk: Sendable {
    let workspace: Workspace
    /// Who asks: `api:<source>` for a program, a teammate's id for a person.
    let author: String

    /// - Parameter id: the same for a command that is sent again, so that it takes effect once.
    func carryOut(
        _ command: Command, _ object: JSONObject, at account: AccountState, parameters: [String: String],
        id: String
    ) async throws {
        let (arrivals, note) = try arrivals(command, object, at: account, parameters: parameters, id: id)
        if let note { try await keep(note, id, account.id) }
        for answer in try await workspace.perform(arrivals) { try judge(answer) }
    }

    /// The facts of a command, and the text of its note.
    func arrivals(
        _ command: Command, _ object: JSONObject, at account: AccountState, parameters: [String: String], id: String
    ) throws -> (arrivals: [Arrival], note: String?) {
        let context = Command.Context(
            programme: workspace.programme, plays: account.conclusions.plays, parameters: parameters, author: author)
        let outcome = try command.outcome(object, context)
        let arrivals = outcome.facts.enumerated().map { number, fact in
            Arrival(
                id: number == 0 ? id : "\(id)-\(number)", source: author, type: fact.type,
                subject: .resolved(account.id), data: pointing(fact.data, outcome, id))
        }
        try check(arrivals)
        return (arrivals, outcome.note)
    }

    /// The fact of a note says which row it is.
    private func pointing(_ data: JSONObject, _ outcome: Command.Outcome, _ id: String) -> JSONObject {
        var data = data
        if outcome.note != nil { data["note"] = .string(id) }
        return data
    }

    private func check(_ arrivals: [Arrival]) throws {
        let check = workspace.eventCheck
        let refusals = arrivals.compactMap { check.refusal($0, received: workspace.now) }
        guard let first = refusals.first else { return }
        throw Problem(
            .validationFailed, first.detail,
            errors: refusals.map { .init(pointer: pointer($0.pointer), type: $0.code, detail: $0.detail) })
    }

    /// Fields of the fact's data are members of the command's body.
    private func pointer(_ pointer: String) -> String {
        pointer.hasPrefix("/data/") ? String(pointer.dropFirst("/data".count)) : pointer
    }

    private func keep(_ text: String, _ id: String, _ account: AccountID) async throws {
        let note = NoteRow(account: account, id: id, at: workspace.now, author: author, text: text)
        try await workspace.write { $0.notes.append(note) }
    }

    private func judge(_ answer: ArrivalAnswer) throws {
        switch answer {
        case .accepted, .duplicate, .quarantined: break
        case .rejected(let refusal) where refusal.code == "event-id-conflict":
            throw Problem(.idempotencyKeyReused, "This idempotency key belongs to another request.")
        case .rejected(let refusal): throw Problem(.validationFailed, refusal.detail)
        case .refused(let code): throw Problem(refused: code)
        }
    }
}

extension Problem {
    /// A reason of the engine's: what is not there is 404, what cannot be done now is 409.
    init(refused code: String) {
        let reason = Refusal.Reason(rawValue: code) ?? .malformed
        switch reason {
        case .noSuchPlay, .noSuchStep, .noSuchTask, .noSuchSignal: self.init(.notFound, reason.words)
        case .notRunning, .alreadyRunning, .notReady, .alreadyDone, .neverRaised, .nothingToTakeBack, .notLive, .mayNotReenter,
            .conditionMissing, .wouldEndAtOnce, .accountMerged:
            self.init(.commandRefused, reason.words)
        case .malformed: self.init(.validationFailed, reason.words)
        }
        errors = [.init(pointer: "", type: code, detail: reason.words)]
    }
}

extension Refusal.Reason {
    var words: String {
        switch self {
        case .noSuchPlay: "The programme has no play of this name."
        case .noSuchStep: "The play has no step of this name."
        case .noSuchTask: "The step has no task of this number."
        case .noSuchSignal: "The programme has no signal of this name."
        case .neverRaised: "The signal has never been raised here."
        case .nothingToTakeBack: "There is nothing of it to take back."
        case .notRunning: "The play is not running."
        case .alreadyRunning: "The play is running already."
        case .notReady: "The step is not open now."
        case .alreadyDone: "This is done already."
        case .notLive: "The workspace is not live yet: nothing is started before."
        case .mayNotReenter: "The play ran before, and its re-entry rule forbids another run now."
        case .conditionMissing: "The play's condition does not hold here."
        case .wouldEndAtOnce: "One of the play's exits holds already: it would end at once."
        case .accountMerged: "The account is part of another one now: open that one."
        case .malformed: "Something in the command is wrong."
        }
    }
}
