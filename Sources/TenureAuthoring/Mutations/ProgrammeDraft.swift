package import TenureCore
package import TenureProgramme

/// A programme that can be read again without some of its parts, or with one of its numbers moved, as if an author had
/// deleted or mistyped those lines.
package struct ProgrammeDraft: Sendable {
    /// The programme as it is.
    package let whole: Programme
    /// Everything that could be deleted, in the order of files and lines.
    package let removals: [Removal]
    /// Lines of words and checks that no test could miss: see `Removable`.
    package let shownLines: Int
    private let parts: [Removal]
    private let folder: ParsedFolder
    private let base: ParsedFolder?
    private let zones: ZoneTable

    /// Nil when the programme has mistakes as it is.
    package init?(_ folder: ProgrammeFolder, catalogue: ProgrammeFolder?, zones: ZoneTable) {
        self.folder = ParsedFolder(folder)
        self.base = catalogue.map { ParsedFolder($0.below(ProgrammeReader.cataloguePrefix)) }
        self.zones = zones
        parts = RemovalSearch(self.folder).found
        removals = parts.filter { $0.depth != .shown }
        shownLines = self.folder.shownLines
        let (reading, programme) = ProgrammeReader.assemble(self.folder, base, zones)
        guard let programme, reading.mistakes.allSatisfy({ $0.severity != .error }) else { return nil }
        whole = programme
    }

    /// The programme without these parts, or what is wrong with it then.
    package func read(without gone: [Removal]) -> Remainder {
        read(folder.removing(gone), base)
    }

    /// Every way in which a number of the programme could be moved, in the order of files and lines.
    package var moves: [Move] { MoveSearch(folder, base, used: Set(whole.metrics.map(\.id))).found }

    /// The programme with one number moved, or what is wrong with it then.
    package func read(moving move: Move) -> Remainder {
        read(folder.moving(move.edits.filter(\.isOwn)), base?.moving(move.edits.filter { !$0.isOwn }))
    }

    private func read(_ folder: ParsedFolder, _ base: ParsedFolder?) -> Remainder {
        let (reading, programme) = ProgrammeReader.assemble(folder, base, zones)
        var remainder = Remainder(programme: nil, mistakes: [], unreadable: nil)
        for mistake in Diagnostic.sorted(reading.mistakes) where mistake.severity == .error {
            if let test = test(holding: mistake) {
                if mistake.code.isAboutAccountOrBand { remainder.unreadable = remainder.unreadable ?? (test, mistake) }
            } else {
                remainder.mistakes.append(mistake)
            }
        }
        if remainder.mistakes.isEmpty { remainder.programme = programme }
        return remainder
    }

    /// The parts that must go as well because they mention what is gone, each the smallest that holds a mistake;
    /// nil when something is wrong that deleting does not mend.
    package func referring(_ mistakes: [Diagnostic], without gone: [Removal]) -> [Removal]? {
        var found: [Removal] = []
        for mistake in mistakes {
            guard let place = mistake.labels.first?.place, let path = folder.path(at: place),
                let smallest = parts.last(where: { $0.path.contains(path) }), !gone.contains(smallest)
            else { return nil }
            if !found.contains(smallest) { found.append(smallest) }
        }
        return found
    }

    private func test(holding mistake: Diagnostic) -> String? {
        guard let path = mistake.labels.first.flatMap({ folder.path(at: $0.place) }), path.indices.count > 1,
            let section = folder.files[path.file].root?.map?.entries[path.indices[0]],
            section.key.text == Section.tests.rawValue
        else { return nil }
        return section.value.list?.items[path.indices[1]].map?["id"]?.scalar?.text
    }
}

extension MistakeCode {
    /// A test gives its account a field, an owner or a tier that is not there, or expects a band that is not.
    fileprivate var isAboutAccountOrBand: Bool {
        [.unknownOwnField, .unknownTier, .unknownBand].contains(self)
    }
}
