import TenureCore
import TenureProgramme

/// What can be done with the accounts of a list that are ticked, or with all of it.
struct BulkForm {
    let action: String
    /// The list's own query: all that it finds can be meant.
    let query: String
    let all: String
    let isAll: Bool
    let plays: [FormChoice]
    let roles: [FormChoice]
    let people: [FormChoice]
    let problem: String?
}

extension BulkForm {
    /// - Parameters:
    ///   - owners: of the list's accounts.
    ///   - returned: the form as it was sent, when it could not be taken.
    init(
        query: String, total: Int, owners: [String], _ programme: Programme, _ team: Team, returned: ReturnedForm?
    ) {
        let returned = returned.flatMap { isSame($0.action, Links.bulk) ? $0 : nil }
        action = Links.bulk
        self.query = query
        all = "All \(Wording.plural(total, "account", "accounts")) of this list"
        isAll = returned?.typed.filled("all") != nil
        let context = WorkContext(programme: programme, owners: owners, team: team)
        let choices = { (choices: WorkField.Choices, name: String) in
            WorkField.Kind.choice(choices).choices(context).map {
                FormChoice(value: $0.value, title: $0.title, isChosen: isSame($0.value, returned?.typed[name] ?? ""))
            }
        }
        plays = choices(.plays, "play")
        roles = choices(.roles, "role")
        people = choices(.people, "person")
        problem = returned?.problem.detail
    }
}

/// The form of a list, read: what to do, and at which accounts.
struct BulkRequest {
    let action: Batch.Action
    let accounts: [AccountID]

    static let tickPrefix = "account."

    static func ticked(_ fields: NamedTexts) -> [String] {
        fields.names.filter { $0.hasPrefix(tickPrefix) }.map { String($0.dropFirst(tickPrefix.count)) }
    }

    /// - Parameter all: the accounts that the list's query finds.
    init(_ fields: NamedTexts, _ programme: Programme, all: () throws -> [AccountID]) throws {
        action = try Self.action(fields, programme)
        accounts = fields.filled("all") != nil ? try all() : Self.ticked(fields).map { AccountID($0) }
        try Batch.check(accounts)
    }

    private static func action(_ fields: NamedTexts, _ programme: Programme) throws -> Batch.Action {
        if fields["do"] == "hand_over" {
            guard let role = fields.filled("role"), let person = fields.filled("person") else {
                throw Problem(.validationFailed, "Choose a role and a person to hand over to.")
            }
            return try Batch.Action.handOver(role: role, person: person).checked(programme)
        }
        guard let play = fields.filled("play") else { throw Problem(.validationFailed, "Choose a play to start.") }
        return try Batch.Action.start(play: play).checked(programme)
    }
}

extension Batch {
    static func check(_ accounts: [AccountID]) throws {
        guard !accounts.isEmpty else {
            throw Problem(.validationFailed, "Tick accounts first, or choose all of the list.")
        }
        guard accounts.count <= accountsMax else {
            throw Problem(.validationFailed, "One batch has at most \(accountsMax) accounts; filter the list first.")
        }
    }
}

extension Batch.Action {
    func checked(_ programme: Programme) throws -> Batch.Action {
        switch self {
        case .handOver(let role, let person):
            guard programme.roles.contains(where: { isSame($0.id, role) && !$0.isTeamWide }) else {
                throw Problem(.validationFailed, "The programme has no role of this name that accounts name somebody for.")
            }
            guard !person.isEmpty, person.utf8.count <= 200 else {
                throw Problem(.validationFailed, "A person is named with 1 to 200 bytes.")
            }
        case .start(let play):
            guard programme.plays.contains(where: { isSame($0.id, play) }) else {
                throw Problem(.validationFailed, "The programme has no play of this name.")
            }
        }
        return self
    }
}
