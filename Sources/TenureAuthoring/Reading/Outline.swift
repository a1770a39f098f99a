/// Everything that a programme and its catalogue define, by kind and id, not yet read.
struct Outline {
    var programme: MapNode?
    var health: MapNode?
    var shown: [Node] = []
    /// Own definitions win over those of the catalogue with the same id; the catalogue's come first.
    private(set) var definitions: [DefinitionKind: [Definition]] = [:]
    private var indexes: [DefinitionKind: [String: Int]] = [:]

    func all(_ kind: DefinitionKind) -> [Definition] { definitions[kind] ?? [] }
    func ids(_ kind: DefinitionKind) -> [String] { all(kind).map(\.id).filter { !$0.isEmpty } }

    func find(_ kind: DefinitionKind, _ id: String) -> Definition? {
        indexes[kind]?[id].flatMap { definitions[kind]?[$0] }
    }

    /// Adds it, replacing the catalogue's; gives the one that it collides with.
    mutating func add(_ definition: Definition) -> Definition? {
        if let index = indexes[definition.kind]?[definition.id], !definition.id.isEmpty {
            let other = definitions[definition.kind]?[index]
            if let other, other.isOwn == definition.isOwn { return other }
            definitions[definition.kind]?[index] = definition
            return nil
        }
        definitions[definition.kind, default: []].append(definition)
        indexes[definition.kind, default: [:]][definition.id] = all(definition.kind).count - 1
        return nil
    }
}

extension Reading {
    /// Sorts the sections of every file of a folder into the outline.
    func outline(_ folder: ParsedFolder, isOwn: Bool) {
        for file in folder.files {
            texts[file.path] = file.source
            report(file.mistakes)
            guard let root = file.root else { continue }
            guard let map = root.map else {
                report(.fileIsNoMapping(root))
                continue
            }
            for entry in map.entries { outline(entry, isOwn: isOwn) }
        }
    }

    private func outline(_ entry: MapNode.Entry, isOwn: Bool) {
        guard let section = Section(rawValue: entry.key.text) else {
            let sections = Section.allCases.map(\.rawValue)
            report(.unknownSection(entry.key, hint: suggestion(entry.key.text, among: sections, isKey: true)))
            return outlineMeant(entry, among: sections, isOwn: isOwn)
        }
        guard isOwn || section.isForCatalogue else { return report(.notForCatalogue(entry.key)) }
        switch section {
        case .programme: outline.programme = single(section, entry, outline.programme)
        case .health: outline.health = single(section, entry, outline.health)
        case .show: outline.shown += items(entry.value, "show")
        case .calendars, .roles, .tiers, .segments, .accountFields, .events, .features, .entities, .metrics,
            .slas, .kpis, .signals,
            .plays, .messages, .tests:
            guard let kind = section.kind else { return }
            for item in items(entry.value, section.rawValue) {
                if let map = map(item, "an item of `\(section.rawValue)`") {
                    define(kind, section, map, isOwn)
                }
            }
        }
    }

    /// A misspelt section is read as what it was meant for, so that what it defines is there; else what it defines is
    /// not known.
    private func outlineMeant(_ entry: MapNode.Entry, among sections: [String], isOwn: Bool) {
        let near =
            NearestNames.of(entry.key.text, among: sections)
            + OtherWords.meant(entry.key.text, among: sections)
        guard let meant = near.first else {
            hidesDefinitions = true
            return
        }
        var entry = entry
        entry.key.text = meant
        outline(entry, isOwn: isOwn)
    }

    private func single(_ section: Section, _ entry: MapNode.Entry, _ before: MapNode?) -> MapNode? {
        guard let map = map(entry.value, section.rawValue) else { return before }
        if let before {
            report(.secondSection(section, at: entry.key.place, first: before.place))
            return before
        }
        return map
    }

    /// A misspelt key is a mistake of its own, and not missing as well.
    func hasKey(like key: String, _ map: MapNode, of form: Form?) -> Bool {
        map.entries.contains { entry in
            let text = entry.key.text
            // A key of its own is meant as it stands.
            if form?[text] != nil { return false }
            return !NearestNames.of(text, among: [key]).isEmpty
                || !OtherWords.meant(text, among: [key]).isEmpty
                || Invisible.meant(text) == key
        }
    }

    private func define(_ kind: DefinitionKind, _ section: Section, _ map: MapNode, _ isOwn: Bool) {
        var definition = Definition(kind: kind, id: "", idPlace: map.place, map: map, isOwn: isOwn)
        if let node = map[section.idKey] {
            definition.idPlace = node.place
            // A malformed one is an id all the same, so that what refers to it makes no mistake of its own.
            definition.id = id(node, section.idKey) ?? node.scalar?.text ?? ""
        } else if !hasKey(like: section.idKey, map, of: section.form) {
            report(.missingKey(section.idKey, of: kind.rawValue, at: map.place))
        }
        if let other = outline.add(definition) {
            report(.duplicateID(kind, definition.id, at: definition.idPlace, first: other.idPlace))
        } else if !definition.id.isEmpty {
            sources.add(kind, definition.id, at: definition.idPlace)
        }
    }
}
