import TenureCore
import TenureProgramme
import TenureRuntime

/// What a sender says of an account: only fields that the programme declares are kept, each in its kind.
struct AccountTraits: Sendable {
    let programme: Programme

    func data(_ traits: JSONObject, pointer: String) throws(IntakeRefusal) -> JSONObject {
        var data = JSONObject()
        for member in traits.members {
            let name = member.name == "plan" && traits["tier"] == nil ? "tier" : member.name
            guard name != "id", let kind = kind(of: name) else { continue }
            guard member.value == .null || kind.takes(member.value) else {
                throw IntakeRefusal(
                    code: "contract-violation",
                    detail: "\(name) must be \(kind.expected), but is \(member.value.kindName).",
                    pointer: pointer + "/" + member.name)
            }
            data[name] = member.value
        }
        return data
    }

    /// Owners are named by the role's id.
    private func kind(of name: String) -> AccountField.Kind? {
        if let field = programme.accountField(name) { return field.kind }
        return programme.roles.contains { $0.id == name } ? .text : nil
    }
}

extension AccountField.Kind {
    func takes(_ value: JSON) -> Bool {
        switch self {
        case .text: value.string != nil
        case .number, .money: value.number != nil
        case .whole: value.int != nil
        case .flag: value.bool != nil
        case .date:
            value.string.map { Day(text: $0) != nil || (try? Instant.parse(rfc3339: $0).get()) != nil }
                ?? false
        case .choice(let choices): value.string.map { choices.contains($0) } ?? false
        }
    }

    var expected: String {
        switch self {
        case .text: "text"
        case .number: "a number"
        case .money: "an amount"
        case .whole: "a whole number"
        case .flag: "true or false"
        case .date: "a day such as 2026-03-31, or an RFC 3339 timestamp"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        }
    }
}
