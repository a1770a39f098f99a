package import TenureCore
package import TenureProgramme

/// A programme that was read and found right, with where everything was written.
package struct LoadedProgramme: Sendable {
    package var programme: Programme
    package var sources: SourceMap
    /// Every file that the programme was made from, in path order, the catalogue's included: what a digest is
    /// taken of.
    package var canonicalText: String
    /// What was defined, for comparing versions.
    package var definitions: [DefinitionText]
    /// The same files, the catalogue's below `catalogue/` where the programme builds on it: enough to read it again.
    package var files: [(path: String, text: String)]
}

/// Reads a folder of definitions and checks it as a whole. No file system is touched.
package enum ProgrammeReader {
    /// The programme, or nil when any mistake is an error; and all mistakes found, in the order of files and
    /// lines.
    ///
    /// The catalogue's files appear in mistakes as `catalogue/…`.
    package static func read(
        _ folder: ProgrammeFolder, catalogue: ProgrammeFolder?, zones: ZoneTable
    ) -> (LoadedProgramme?, [Diagnostic]) {
        guard !folder.definitions.isEmpty else { return (nil, [.emptyFolder()]) }
        let base = catalogue?.below(cataloguePrefix)
        let (reading, programme) = assemble(ParsedFolder(folder), base.map { ParsedFolder($0) }, zones)
        reading.advise(programme)
        let mistakes = Diagnostic.sorted(reading.mistakes)
        guard !mistakes.contains(where: { $0.severity == .error }) else {
            return (nil, mistakes)
        }
        let used = reading.isExtended ? base : nil
        let bodies = Dictionary(
            ((used?.bodies ?? []) + folder.bodies).map { ($0.id, $0.text) }, uniquingKeysWith: { $1 })
        return (
            LoadedProgramme(
                programme: programme, sources: reading.sources,
                canonicalText: folder.canonicalText + (used?.canonicalText ?? ""),
                definitions: reading.outline.texts(bodies: bodies), files: folder.files + (used?.files ?? [])), mistakes
        )
    }

    /// What can be made of the files, whatever the mistakes that `Reading` then holds.
    static func assemble(
        _ folder: ParsedFolder, _ base: ParsedFolder?, _ zones: ZoneTable
    ) -> (Reading, Programme) {
        let reading = Reading(zones: zones)
        reading.outline(folder, isOwn: true)
        reading.isExtended = reading.extendsCatalogue(base)
        if reading.isExtended, let base {
            reading.outline = Outline.merging(catalogue: base, own: reading.outline, reading)
        }
        // A file that is no YAML hides definitions: every reference to them would be reported as well.
        if folder.files.contains(where: \.isOpaque) || reading.outline.programme == nil {
            reading.hidesDefinitions = true
        }
        reading.report(folder.mistakes)
        let bodies = reading.bodies(folder, reading.isExtended ? base : nil)
        return (reading, reading.programme(bodies: bodies))
    }

    /// Where the files of the catalogue seem to be in mistakes.
    package static let cataloguePrefix = "catalogue"
}

extension Outline {
    /// The catalogue first, so that what the programme redefines keeps its place.
    fileprivate static func merging(catalogue: ParsedFolder, own: Outline, _ reading: Reading) -> Outline {
        reading.outline = Outline()
        reading.outline(catalogue, isOwn: false)
        var merged = reading.outline
        for kind in DefinitionKind.allCases {
            for definition in own.all(kind) {
                _ = merged.add(definition)
                if !definition.id.isEmpty { reading.sources.add(kind, definition.id, at: definition.idPlace) }
            }
        }
        (merged.programme, merged.health, merged.shown) = (own.programme, own.health, own.shown)
        return merged
    }
}

extension Reading {
    func extendsCatalogue(_ catalogue: ParsedFolder?) -> Bool {
        guard let node = outline.programme?["extends"], let scalar = scalar(node, "extends", "a text") else {
            return false
        }
        if scalar.text == ProgrammeReader.cataloguePrefix, catalogue != nil { return true }
        report(.unknownBase(scalar))
        // Else everything that the programme takes from the catalogue would be reported as well.
        return catalogue != nil
    }

    fileprivate func bodies(_ folder: ParsedFolder, _ base: ParsedFolder?) -> [String: MessageBody] {
        var bodies: [String: MessageBody] = [:]
        for body in base?.bodies ?? [] { bodies[body.id] = MessageBody(path: body.path, text: body.text) }
        var own: [String: String] = [:]
        for body in folder.bodies {
            if let first = own[body.id] {
                report(.twoBodies(body.id, path: body.path, first: first))
                continue
            }
            own[body.id] = body.path
            bodies[body.id] = MessageBody(path: body.path, text: body.text)
        }
        let without = outline.ids(.message).filter { bodies[$0] == nil }
        for body in folder.bodies where own[body.id] == body.path && outline.find(.message, body.id) == nil {
            if let meant = NearestNames.of(body.id, among: without).first {
                misnamedBodies[meant] = MessageBody(path: body.path, text: body.text)
            } else {
                report(.bodyWithoutMessage(body.id, path: body.path, hint: nil))
            }
        }
        return bodies
    }
}

extension Diagnostic {
    static func unknownBase(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .unknownBase, "there is nothing called `\(scalar.text)` to extend",
            at: Label(scalar.place, "unknown"),
            why: "A programme may extend `catalogue`.")
    }
}
