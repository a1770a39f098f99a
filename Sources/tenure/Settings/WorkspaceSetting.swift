import TenureConnectors
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime
import TenureStore

/// A setting that an operator may change: what it means, what holds without it, and which values it takes.
struct WorkspaceSetting {
    var name: String
    var meaning: String
    /// What holds while nothing is set.
    var standard: String
    /// What is wrong with a value; nil when it may be kept.
    var mistake: (String) -> String?

    /// In the order in which they are listed.
    static func all(of workspace: Workspace) throws -> [WorkspaceSetting] {
        let domain = try workspace.store.setting("mail.domain") ?? "\(workspace.id).example"
        let mail = [sender(domain), mailDomain(workspace.id.text), hold, stop, testRecipient]
        return mail + Readership.allCases.flatMap { limits($0) } + workspace.programme.programme.roles.map { role($0, domain) }
    }

    private static func sender(_ domain: String) -> WorkspaceSetting {
        WorkspaceSetting(
            name: "mail.sender", meaning: "address that mails come from", standard: "tenure@\(domain)",
            mistake: { MailAddress.isValid($0) ? nil : "an address is due, as in success@vendor.example" })
    }

    private static func mailDomain(_ slug: String) -> WorkspaceSetting {
        WorkspaceSetting(
            name: "mail.domain", meaning: "domain of people who are named without one", standard: "\(slug).example",
            mistake: {
                MailAddress.isValid("a@" + $0) && $0.contains(".") ? nil : "a domain is due, as in vendor.example"
            })
    }

    private static var hold: WorkspaceSetting {
        WorkspaceSetting(
            name: "mail.hold", meaning: "true: messages wait for review, none leaves", standard: "false",
            mistake: { ["true", "false"].contains($0) ? nil : "true or false is due" })
    }

    /// What the page sets holds who and when as well.
    private static var stop: WorkspaceSetting {
        WorkspaceSetting(
            name: OutgoingRules.stopSetting, meaning: "reason why nothing is sent; without one, messages leave", standard: "",
            mistake: { $0.contains { !$0.isWhitespace } ? nil : "a reason is due" })
    }

    private static var testRecipient: WorkspaceSetting {
        WorkspaceSetting(
            name: OutgoingRules.testSetting, meaning: "address that every mail goes to instead", standard: "",
            mistake: { MailAddress.isValid($0) ? nil : "an address is due, as in try@vendor.example" })
    }

    private static func limits(_ readership: Readership) -> [WorkspaceSetting] {
        let whom = readership == .contacts ? "customers' people" : "your own people"
        func count(_ name: String, _ span: String) -> WorkspaceSetting {
            WorkspaceSetting(
                name: readership.setting + name, meaning: "most mails to one of \(whom) \(span)", standard: "",
                mistake: { OutgoingLimits.count($0) == nil ? "a whole number from 1 to 1000 is due" : nil })
        }
        return [
            WorkspaceSetting(
                name: readership.setting + OutgoingLimits.quietName,
                meaning: "hours of the day in which \(whom) get no mail", standard: "",
                mistake: { QuietHours(text: $0) == nil ? "hours are due, as in 20:00-08:00" : nil }),
            count(OutgoingLimits.dayName, "in a day"), count(OutgoingLimits.weekName, "in seven days"),
        ]
    }

    private static func role(_ role: Role, _ domain: String) -> WorkspaceSetting {
        WorkspaceSetting(
            name: "role:" + role.id, meaning: "\(role.title), where an account names nobody",
            standard: role.isTeamWide ? "\(role.id)@\(domain)" : "",
            mistake: {
                let address = $0.contains("@") ? $0 : $0 + "@" + domain
                return MailAddress.isValid(address) ? nil : "an address or a name before @\(domain) is due"
            })
    }
}

extension WorkspaceSetting {
    func line(_ value: String?) -> String {
        let shown = value ?? (standard.isEmpty ? "(not set)" : standard + "  (default)")
        return padding(name, 26) + padding(shown, 44) + meaning
    }

    func json(_ value: String?) -> JSON {
        [
            "name": .string(name), "value": value.map { .string($0) } ?? .null,
            "default": standard.isEmpty ? .null : .string(standard), "meaning": .string(meaning),
        ]
    }
}
