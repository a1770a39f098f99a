import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime

/// Keys that programs use: made, seen once, and taken back.
enum KeyPages {
    static let routes: [Route] = [
        .page(Links.keys) { call, visitor in
            _ = try call.query(allowing: [])
            return try await page(call, visitor)
        },
        .form(Links.keys) { call, visitor, fields in try await make(call, visitor, fields) },
        .form(Links.keys + "/revocation") { call, visitor, fields in
            try TeamPages.requireOwner(visitor)
            guard try await call.house.revokeKey(fields["key"] ?? "", in: visitor.workspace) else {
                throw Problem(.notFound, "There is no such key.")
            }
            return .seeOther(Links.keys)
        },
    ]

    private static let keysMax = 200

    private static func page(
        _ call: Call, _ visitor: Visitor, made: KeyPage.Made? = nil, problem: Problem? = nil
    ) async throws -> Answer {
        let model = KeyPage(
            shell: try await Shell("Keys", visitor, call.house), visitor,
            call.house.keys(of: visitor.workspace.id),
            made: made, problem: problem?.detail)
        return try Templates.page("keys", model, status: problem?.code.status ?? .ok)
    }

    private static func make(_ call: Call, _ visitor: Visitor, _ fields: NamedTexts) async throws -> Answer {
        try TeamPages.requireOwner(visitor)
        do {
            let name = try TypedFields.name(fields["name"], "A name")
            guard let kind = fields["kind"].flatMap({ AccessKey.Kind(rawValue: $0) }) else {
                throw Problem(.validationFailed, "Choose what the key is for.")
            }
            guard call.house.keys(of: visitor.workspace.id).count < keysMax else {
                throw Problem(
                    .validationFailed, "A workspace has at most \(keysMax) keys, revoked ones among them.")
            }
            let secret = try await call.house.makeKey(kind, source: name, in: visitor.workspace)
            return try await page(call, visitor, made: KeyPage.Made(name: name, secret: secret))
        } catch let problem as Problem where problem.code == .validationFailed {
            return try await page(call, visitor, problem: problem)
        }
    }
}

/// The keys of a workspace, and a secret that was just made.
struct KeyPage {
    let shell: Shell
    let formToken: String
    let settings: String
    let isOwner: Bool
    let made: Made?
    let problem: String?
    let keys: [Row]
    let isEmpty: Bool

    struct Made {
        let name: String
        let secret: String
    }

    struct Row {
        let hash: String
        let name: String
        let kind: String
        let created: String
        let used: String
        let mayBeRevoked: Bool
        /// In place of the button.
        let status: String
    }
}

extension KeyPage {
    init(
        shell: Shell, _ visitor: Visitor, _ all: [(hash: String, key: AccessKey)], made: Made?,
        problem: String?
    ) {
        let zone = visitor.workspace.programme.defaultZoneRules
        self.shell = shell
        formToken = visitor.session.formToken
        settings = Links.settings
        isOwner = visitor.isOwner
        self.made = made
        self.problem = problem
        keys = all.map { hash, key in
            Row(
                hash: hash, name: key.source, kind: key.kind.words,
                created: Wording.instant(key.created, zone),
                used: key.lastUsed.map { Wording.instant($0, zone) } ?? "never",
                mayBeRevoked: visitor.isOwner && !key.isRevoked, status: key.isRevoked ? "revoked" : "in use")
        }
        isEmpty = keys.isEmpty
    }
}

extension AccessKey.Kind {
    fileprivate var words: String {
        switch self {
        case .write: "sends events"
        case .api: "reads and changes by the API"
        }
    }
}
