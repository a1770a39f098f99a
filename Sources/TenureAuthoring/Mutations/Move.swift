import TenureProgramme

/// A number of a definition, moved a little, as if an author had mistyped it.
package struct Move: Sendable {
    /// What it belongs to: `signal low_adoption`, `play renew/value_review`.
    package var owner: String
    /// The definition that holds it, as tests name it: `low_adoption`.
    package var definition: String
    /// The key under which it stands: `when`, `cooldown`, `linear`.
    package var key: String
    package var place: Place
    /// As it is written, with its unit.
    package var from: String
    package var to: String
    /// A window's name changes wherever the window is mentioned; any other number in one place.
    var edits: [Edit]

    package var title: String { "\(owner) \(key): \(from) → \(to)" }

    /// A scalar of the folder, or of the catalogue below it, that reads otherwise.
    struct Edit: Sendable {
        var isOwn: Bool
        var path: NodePath
        var text: String
    }
}
