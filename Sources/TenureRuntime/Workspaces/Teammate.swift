import TenureCore

/// Somebody of the vendor's team who may sign in.
package struct Teammate: Hashable, Sendable {
    package var id: String
    package var name: String
    package var email: String
    /// Nobody signs in as them any more; their name stays with what they did.
    package var isRevoked: Bool

    /// Who set the workspace up: manages teammates and keys. Whoever runs the server gets a link as them at every start.
    package static let ownerID = "owner"

    package init(id: String, name: String, email: String, isRevoked: Bool = false) {
        self.id = id
        self.name = name
        self.email = email
        self.isRevoked = isRevoked
    }

    package var isOwner: Bool { id == Self.ownerID }

    /// Of somebody who is invited. A workspace that knew an id of another one's teammate could make them enter there, so
    /// that nobody chooses it.
    package static func makeID() -> String { "mate_" + AccessKey.makeSecret(.api).suffix(32) }

    package static let settingPrefix = "teammate:"
    package var setting: String { Self.settingPrefix + id }

    package var text: String {
        var object: JSONObject = ["name": .string(name), "email": .string(email)]
        if isRevoked { object["revoked"] = true }
        return JSON.object(object).text
    }

    package init?(id: String, text: String) {
        guard case .success(.object(let object)) = JSONReader.read(text) else { return nil }
        self.init(
            id: id, name: object["name"]?.string ?? id, email: object["email"]?.string ?? "",
            isRevoked: object["revoked"]?.bool ?? false)
    }
}
