/// What must be said before a workspace exists.
package struct WorkspacePlan: Hashable, Sendable {
    /// What the company is called: titles of pages and the sender of mails.
    package var title: String
    /// An offered programme's id.
    package var programme: String
    /// Who signs in first and manages teammates and keys.
    package var owner: Teammate

    package init(title: String, programme: String, owner: Teammate) {
        self.title = title
        self.programme = programme
        self.owner = owner
    }

    /// `Ada's Tools & Co.` as `adas-tools-co`: letters and digits of ASCII, at most 40.
    package static func slug(_ title: String) -> String {
        let words = title.lowercased().filter { $0 != "'" && $0 != "’" }.split {
            !($0.isASCII && ($0.isLetter || $0.isNumber))
        }
        let joined = words.joined(separator: "-").prefix(40).trimmingSuffix { $0 == "-" }
        return joined.isEmpty ? "workspace" : String(joined)
    }

    /// The slug, with a number where others have it.
    package static func slug(_ title: String, besides taken: (String) -> Bool) -> String {
        let stem = slug(title)
        if !taken(stem) { return stem }
        return (2...1_000).lazy.map { "\(stem)-\($0)" }.first { !taken($0) } ?? stem
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isCut: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isCut(last) { rest.removeLast() }
        return rest
    }
}

/// A programme that a new workspace may run.
package struct OfferedProgramme: Hashable, Sendable {
    package var id: String
    package var title: String
    /// What it is for.
    package var sentence: String

    package init(id: String, title: String, sentence: String) {
        self.id = id
        self.title = title
        self.sentence = sentence
    }
}

/// Makes workspaces while the process serves; who assembles the process knows how.
package protocol WorkspaceMaker: Sendable {
    func offers() async throws -> [OfferedProgramme]
    func make(_ plan: WorkspacePlan) async throws -> Workspace
    /// With all their data, for good.
    func remove(_ workspaces: [Workspace]) async throws
}
