package import TenureProgramme

/// Something that an author could delete from a programme: a definition, or a part of one.
package struct Removal: Hashable, Sendable {
    package enum Depth: String, Hashable, Sendable {
        /// It has an id of its own.
        case definition
        /// An item of a definition's list that does something: an exit, an action, an escalation.
        case part
        /// A setting of a definition: `cooldown`, `when` of a step, a window of a metric.
        case clause
        /// A line of `show`: goes when its metric goes, and is never deleted for itself.
        case shown
    }

    /// What it is: `signal`, `exit`, `cooldown`.
    package var kind: String
    /// `recover`, `recover/assess`, `recover exit 2`.
    package var id: String
    package var place: Place
    package var depth: Depth
    package var requirements: RequirementIDs
    var path: NodePath

    package var title: String {
        if depth == .definition { return "\(kind) \(id)" }
        return id.isEmpty ? kind : "\(kind) of \(id)"
    }
}

/// What may be left out of a mapping, as a tree like the format's own.
struct Removable: Sendable {
    /// Keys that may go, each named as it is written.
    var options: [String] = []
    /// Lists of which each item may go.
    var lists: [Items] = []
    /// Mappings of which each entry may go.
    var entries: [String] = []
    /// Mappings in which something may go.
    var insides: [(key: String, of: Removable)] = []

    struct Items: Sendable {
        var key: String
        /// What one item is called.
        var kind: String
        /// The key that names an item; nil for parts, which are counted.
        var idKey: String?
        /// What an item without an id is; with one it is a definition.
        var depth: Removal.Depth
        var of: Removable

        init(
            _ key: String, _ kind: String, id idKey: String? = nil, _ depth: Removal.Depth = .part,
            of: Removable = Removable()
        ) {
            (self.key, self.kind, self.idKey, self.of) = (key, kind, idKey, of)
            self.depth = idKey == nil ? depth : .definition
        }
    }
}
