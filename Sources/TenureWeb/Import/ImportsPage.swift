import TenureCore
import TenureEngine
import TenureRuntime

/// Where files are brought, what became of earlier ones, and whether the workspace is live.
struct ImportsPage {
    let shell: Shell
    let formToken: String
    let problem: String?
    let sizeMax: String
    let kinds: [Kind]
    let open: [Open]
    let hasOpen: Bool
    let earlier: [Earlier]
    let hasEarlier: Bool
    let isLive: Bool
    let accounts: String
    let accountsLink: String
    let hasAccounts: Bool
    let withheld: String

    struct Kind {
        let id: String
        let title: String
        let needs: String
    }

    struct Open {
        let link: String
        let title: String
        let state: String
    }

    struct Earlier {
        let at: String
        let by: String
        let files: [String]
    }
}

extension ImportsPage {
    init(
        shell: Shell, _ visitor: Visitor, _ open: [Import], _ summaries: [ImportSummary], _ team: Team,
        problem: String?
    ) {
        let workspace = visitor.workspace
        let zone = workspace.programme.defaultZoneRules
        self.shell = shell
        formToken = visitor.session.formToken
        self.problem = problem
        sizeMax = "\(WebLimits.uploadBytesMax >> 20) MiB"
        kinds = ImportKind.allCases.map { Kind(id: $0.rawValue, title: $0.title, needs: $0.needs) }
        self.open = open.filter { $0.phase != .done }.map {
            Open(
                link: Links.importing($0.id), title: $0.files.map(\.name).joined(separator: ", "),
                state: $0.phase.words)
        }
        hasOpen = !self.open.isEmpty
        earlier = summaries.prefix(50).map { one in
            Earlier(at: Wording.instant(one.at, zone), by: team.name(one.by), files: one.files.map(\.words))
        }
        hasEarlier = !earlier.isEmpty
        isLive = workspace.isLive
        accounts = Wording.plural(workspace.accountCount, "account", "accounts")
        hasAccounts = workspace.accountCount > 0
        accountsLink = Links.accounts
        withheld = Links.withheld
    }
}

extension ImportKind {
    var title: String {
        switch self {
        case .accounts: "Accounts"
        case .contacts: "Contacts"
        case .contracts: "Contracts"
        case .events: "Events"
        }
    }

    /// What a row of it must say.
    fileprivate var needs: String {
        switch self {
        case .accounts:
            "a customer a row: id and name; tier, revenue, seats, term and owner where you have them"
        case .contacts: "a person a row: the account and an id or e-mail address"
        case .contracts: "a contract a row: the account and its dates, revenue or seats"
        case .events:
            "something that happened a row: the account, when, and what; a year of them gives a year of scores"
        }
    }
}

extension Import.Phase {
    fileprivate var words: String {
        switch self {
        case .columns: "waits for what its columns hold"
        case .checking: "is being read"
        case .checked: "was read; nothing is taken yet"
        case .taking: "is being taken in"
        case .done: "is taken in"
        case .stopped(let why): "stopped: \(why)"
        }
    }
}

extension ImportSummary.File {
    fileprivate var words: String { ImportWords.tally(name, accepted, duplicates, quarantined, refused) }
}

enum ImportWords {
    static func tally(
        _ name: String, _ accepted: Int, _ duplicates: Int, _ quarantined: Int, _ refused: Int
    ) -> String {
        let count = { (number: Int) in Wording.number(Double(number), places: 0) }
        return
            "\(name): \(count(accepted)) taken, \(count(duplicates)) seen before, \(count(quarantined)) waiting for their account, \(count(refused)) refused"
    }
}
