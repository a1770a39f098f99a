import TenureCore

/// What differs between two versions of a programme, definition by definition.
package struct ProgrammeChange: Sendable {
    package enum Kind: String, Sendable { case added, removed, changed }

    package struct Difference: Sendable {
        package let path: String
        /// nil: the line is new.
        package let before: String?
        /// nil: the line is gone.
        package let after: String?
    }

    package struct Definition: Sendable {
        package let kind: String
        package let id: String
        package let change: Kind
        /// Empty for what was added or removed as a whole.
        package let differences: [Difference]
    }

    /// In the order of kinds, then as the versions list them.
    package let definitions: [Definition]
    private let old: [Name: DefinitionText]
    private let new: [Name: DefinitionText]
    private let changed: Set<Name>

    private struct Name: Hashable {
        var kind: ID<Name>
        var id: ID<Name>

        init(_ kind: String, _ id: String) {
            self.kind = ID(kind)
            self.id = ID(id)
        }
    }

    package init(from old: LoadedProgramme, to new: LoadedProgramme) {
        let before = Self.named(old), after = Self.named(new)
        var found: [Definition] = []
        for text in new.definitions {
            guard let earlier = before[Name(text.kind, text.id)] else {
                found.append(Definition(kind: text.kind, id: text.id, change: .added, differences: []))
                continue
            }
            let differences = Self.differences(earlier, text)
            if !differences.isEmpty {
                found.append(Definition(kind: text.kind, id: text.id, change: .changed, differences: differences))
            }
        }
        for text in old.definitions where after[Name(text.kind, text.id)] == nil {
            found.append(Definition(kind: text.kind, id: text.id, change: .removed, differences: []))
        }
        definitions = found
        self.old = before
        self.new = after
        changed = Set(found.filter { $0.change != .added }.map { Name($0.kind, $0.id) })
    }

    private static func named(_ programme: LoadedProgramme) -> [Name: DefinitionText] {
        Dictionary(programme.definitions.map { (Name($0.kind, $0.id), $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func differences(_ old: DefinitionText, _ new: DefinitionText) -> [Difference] {
        guard old.lines != new.lines else { return [] }
        let before = Dictionary(old.lines.map { (ID<Name>($0.path), $0.value) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.lines.map { (ID<Name>($0.path), $0.value) }, uniquingKeysWith: { first, _ in first })
        let changed = new.lines.compactMap { line -> Difference? in
            let earlier = before[ID(line.path)]
            if let earlier, isSame(earlier, line.value) { return nil }
            return Difference(path: line.path, before: earlier, after: line.value)
        }
        let gone = old.lines.filter { after[ID($0.path)] == nil }
        return changed + gone.map { Difference(path: $0.path, before: $0.value, after: nil) }
    }

    // MARK: What follows from it

    /// Whether anything of that kind was there before and is not as it was.
    package func touches(_ kinds: String...) -> Bool {
        definitions.contains { $0.change != .added && kinds.contains($0.kind) }
    }

    /// Plays that the new version defines as the old one did, but for words, and all that they read as well: running
    /// ones go on under the new version.
    package func playsAlike() -> Set<String> {
        guard !touches("calendar", "event", "entity", "feature", "role", "account field"), !touchesFrame
        else { return [] }
        let readable = Mentions(old.values.filter { Self.readable.contains($0.kind) })
        let plays = old.values.filter { $0.kind == "play" && isAlike($0, readable) }
        return Set(plays.map(\.id))
    }

    /// Zone, currency and the like change what every span and amount means; words do not, nor who approves versions, nor
    /// how reports count revenue, which no condition reads.
    private var touchesFrame: Bool {
        definitions.contains { definition in
            definition.kind == "programme" && definition.change == .changed
                && definition.differences.contains { !Self.isOutsideFrame($0.path) }
        }
    }

    private static func isOutsideFrame(_ path: String) -> Bool {
        path.hasPrefix("revenue.") || path.hasPrefix("roll_ups.") || outsideFrame.contains(path)
    }

    private static let outsideFrame: Set<String> = ["version", "title", "publishing.approval"]

    private func isAlike(_ play: DefinitionText, _ readable: Mentions) -> Bool {
        guard let next = new[Name("play", play.id)], Self.meaning(play) == Self.meaning(next) else { return false }
        return readable.mentioned(by: play).allSatisfy { definition in
            let name = Name(definition.kind, definition.id)
            guard changed.contains(name) else { return true }
            guard definition.kind == "message", let after = new[name] else { return false }
            return Self.meaning(definition) == Self.meaning(after)
        }
    }

    private static let readable: Set<String> = ["metric", "message"]
    private static let words: Set<String> = ["title", "description", "subject", "body"]

    private static func meaning(_ text: DefinitionText) -> [DefinitionText.Line] {
        text.lines.filter { line in
            let last = line.path.split(separator: ".").last.map { String($0) } ?? line.path
            return !words.contains(last)
        }
    }
}
