import TenureCore
import TenureEngine
import TenureProgramme

/// What a person fills in, as a member of the command's body.
struct WorkField: Sendable {
    enum Kind: Hashable, Sendable {
        case line, area, number, tick
        case choice(Choices)
    }

    /// Where the choices come from.
    enum Choices: Hashable, Sendable { case plays, roles, people, judgements }

    let name: String
    let label: String
    let kind: Kind
    var isRequired = false
    /// Before anything is typed.
    var value = ""
    /// What a line may consist of, as browsers check it; nil: any text.
    var pattern: String?

    /// What programs call a thing: flags and outcomes.
    static let namePattern = "[a-z0-9_]+"
}

/// What the forms of an account's page choose from.
struct WorkContext: Sendable {
    let programme: Programme
    /// Who owns accounts already.
    let owners: [String]
    let team: Team
}

extension WorkField.Kind {
    var isLine: Bool {
        switch self {
        case .line, .number: true
        case .area, .tick, .choice: false
        }
    }

    var isChoice: Bool {
        switch self {
        case .choice: true
        case .line, .area, .number, .tick: false
        }
    }

    func choices(_ context: WorkContext) -> [(value: String, title: String)] {
        guard case .choice(let choices) = self else { return [] }
        switch choices {
        case .plays: return context.programme.plays.map { ($0.id, $0.title) }
        case .roles: return context.programme.roles.filter { !$0.isTeamWide }.map { ($0.id, $0.title) }
        case .people: return context.team.owners(besides: context.owners).map { ($0.person, $0.name) }
        case .judgements: return context.judgements
        }
    }

    /// The member of the command's body; nil: the field was left empty.
    func member(_ text: String) -> JSON? {
        if text.isEmpty { return nil }
        switch self {
        case .line, .area, .choice: return .string(text)
        case .tick: return .bool(true)
        case .number: return Int64(text).map { .int($0) } ?? Double(text).map { .double($0) } ?? .string(text)
        }
    }
}

extension WorkContext {
    /// - Parameter account: whose owners are named besides teammates.
    init(_ account: AccountState, _ programme: Programme, _ team: Team) {
        let owners = programme.roles.filter { !$0.isTeamWide }.compactMap { account.observations.profile[$0.id]?.string }
        self.init(programme: programme, owners: owners, team: team)
    }

    /// What a person may judge: metrics that have a scale.
    fileprivate var judgements: [(value: String, title: String)] {
        programme.metrics.flatMap { metric -> [(value: String, title: String)] in
            guard case .grade(let scale) = metric.measure else { return [] }
            return scale.map { ("metric \(metric.id) \($0.id)", "\(metric.title): \($0.title)") }
        }
    }
}
