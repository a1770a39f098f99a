import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore

/// Takes back what a receipt tells of: by facts of its own, since nothing that was recorded changes.
struct UndoDesk: Sendable {
    let workspace: Workspace
    let author: String

    /// Commands of one block: others get their turn in between.
    private static let blockMax = 200

    func takeBack(_ receipt: Receipt) async throws -> Receipt {
        guard receipt.mayBeUndone(by: author, at: workspace.now) else { throw Self.refusal }
        var left: [Receipt.Left] = []
        for start in stride(from: 0, to: receipt.undoings.count, by: Self.blockMax) {
            left += try await takeBack(Array(receipt.undoings[start...].prefix(Self.blockMax)), receipt.id)
        }
        let sent = try await messagesSent(receipt.undoings)
        var undone = receipt
        undone.undone = .init(
            at: workspace.now, count: receipt.undoings.count - left.count, left: left, messagesSent: sent)
        try await Receipts(workspace: workspace).keep(undone)
        return undone
    }

    static var refusal: Problem {
        Problem(.nothingToUndo, "It was undone already, is more than ten minutes old, or somebody else did it.")
    }

    private func takeBack(_ undoings: [Undoing], _ receipt: String) async throws -> [Receipt.Left] {
        let plans = undoings.map { ($0, plan($0)) }
        var left = plans.compactMap { undoing, plan in plan.reason.map { Receipt.Left(account: undoing.account, reason: $0) } }
        let arrivals = plans.compactMap { undoing, plan in plan.fact.map { arrival($0, undoing, receipt) } }
        let answers = arrivals.isEmpty ? [] : try await workspace.perform(arrivals)
        for (arrival, answer) in zip(arrivals, answers) {
            guard case .refused(let code) = answer, case .resolved(let account) = arrival.subject else { continue }
            left.append(.init(account: account, reason: Refusal.Reason(rawValue: code)?.words ?? code))
        }
        let notes = plans.compactMap { undoing, _ in if case .note(let account, let id) = undoing { (account, id) } else { nil } }
        if !notes.isEmpty { try await workspace.write { for (account, id) in notes { $0.erasedNotes.append((account, id)) } } }
        return left
    }

    private func arrival(_ plan: Plan.Told, _ undoing: Undoing, _ receipt: String) -> Arrival {
        Arrival(
            id: "undo-" + workspace.keys.name("undo", "\(receipt)\0\(undoing.account)\0\(plan.type)"), source: author,
            type: plan.type, subject: .resolved(undoing.account), occurred: plan.occurred, data: plan.data)
    }

    /// Messages of plays that had left when they were stopped: nobody can take them back.
    private func messagesSent(_ undoings: [Undoing]) async throws -> Int {
        var sent = 0
        for case .start(let account, _, let number) in undoings {
            var query = OutboxQuery()
            query.account = account
            query.states = [.sent, .sending]
            let asked = query
            let rows = try await workspace.read { try $0.outbox(asked) }
            sent += rows.count { $0.key.hasPrefix("\(account)/\(number)/") }
        }
        return sent
    }
}

extension UndoDesk {
    /// The fact that takes one thing back, or why it is left as it is.
    private struct Plan {
        struct Told {
            let type: String
            let data: JSONObject
            /// nil: now.
            let occurred: Instant?
        }

        var fact: Told?
        var reason: String?
    }

    private func plan(_ undoing: Undoing) -> Plan {
        guard let account = workspace.account(undoing.account.text) else { return Plan(reason: "There is no such account.") }
        switch undoing {
        case .owner(_, let role, let person, let at, let before):
            return plan(role: role, person: person, at: at, before: before, account)
        case .start(_, _, let number): return plan(start: number, account)
        case .note: return Plan()
        }
    }

    /// Told as of the very instant of the hand-over, so that whoever was named later stays, also if they are named while
    /// this is on its way.
    private func plan(role: String, person: String, at: Instant, before: String?, _ account: AccountState) -> Plan {
        let known = account.observations.profile.latest(role)
        guard let known, known.version.occurred == at, known.value.string.map({ isSame($0, person) }) == true else {
            return Plan(reason: "Somebody else was named since.")
        }
        let data: JSONObject = ["role": .string(role), "person": JSON(before), "author": .string(author)]
        return Plan(fact: .init(type: FactType.ownerAssigned, data: data, occurred: at))
    }

    private func plan(start number: Int32, _ account: AccountState) -> Plan {
        guard let play = account.conclusions.plays.first(where: { $0.number == number }) else {
            return Plan(reason: "The play is not known any more.")
        }
        if let ended = play.ended { return Plan(reason: "The play has ended since: \(ended.outcome).") }
        let asked: JSONObject = ["outcome": .string(PlayInstance.startUndone), "by": .string(author)]
        return Plan(
            fact: .init(
                type: FactType.playStopped, data: JSONObject(play.reference.members + asked.members), occurred: nil))
    }
}
