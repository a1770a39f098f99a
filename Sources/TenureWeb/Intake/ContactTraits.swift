import TenureCore
import TenureRuntime

/// What a sender says of a person: names and addresses go to rows that can be erased, the log keeps key and role.
struct ContactTraits: Sendable {
    var person: PersonTraits?
    var data: JSONObject

    init(key: String, _ traits: JSONObject) {
        data = ["contact": .string(key)]
        if let role = traits["role"]?.string { data["role"] = .string(role) }
        if let left = (traits["left"] ?? traits["left_company"])?.bool { data["left"] = .bool(left) }
        let (name, email) = (Self.name(traits), traits["email"]?.string)
        guard name != nil || email != nil || data["role"] != nil else { return }
        person = PersonTraits(
            key: key, name: name ?? "", email: email ?? "", role: data["role"]?.string ?? "")
    }

    private static func name(_ traits: JSONObject) -> String? {
        if let name = traits["name"]?.string { return name }
        let parts = [traits["firstName"], traits["lastName"]].compactMap { $0?.string }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
