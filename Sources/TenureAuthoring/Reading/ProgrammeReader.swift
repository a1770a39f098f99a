package import TenureCore
package import TenureProgramme

/// A programme that was read and found right, with where everything was written.
package struct LoadedProgramme: Sendable {
    package var programme: Programme
    package var sources: SourceMap
    /// Every file that the programme was made from, in path order, the catalogue's included: what a digest is
    /// taken of.
    package var canonicalText: String
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
        let mistakes = Diagnostic.sorted(reading.mistakes)
        guard let programme, !mistakes.contains(where: { $0.severity == .error }) else {
            return (nil, mistakes)
        }
        let text = folder.canonicalText + (reading.isExtended ? base?.canonicalText ?? "" : "")
        return (
            LoadedProgramme(programme: programme, sources: reading.sources, canonicalText: text), mistakes
        )
    }

    /// What can be made of the files, whatever the mistakes that `Reading` then holds.
    static func assemble(
        _ folder: ParsedFolder, _ base: ParsedFolder?, _ zones: ZoneTable
    ) -> (Reading, Programme?) {
        let reading = Reading(zones: zones)
        reading.outline(folder, isOwn: true)
        reading.isExtended = reading.extendsCatalogue(base)
        if reading.isExtended, let base {
            reading.outline = Outline.merging(catalogue: base, own: reading.outline, reading)
        }
        // A file that is no YAML hides definitions: every reference to them would be reported as well.
        guard !reading.mistakes.contains(where: { $0.code.isAboutYAML }) else { return (reading, nil) }
        let bodies = reading.bodies(folder, reading.isExtended ? base : nil)
        return (reading, reading.programme(bodies: bodies))
    }

    /// Where the files of the catalogue seem to be in mistakes.
    package static let cataloguePrefix = "catalogue"
}

extension MistakeCode {
    /// The file could not be taken apart, so that what it defines is not known.
    fileprivate var isAboutYAML: Bool { rawValue.hasPrefix("P00") }
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
        return false
    }

    fileprivate func bodies(_ folder: ParsedFolder, _ base: ParsedFolder?) -> [String: MessageBody] {
        var bodies: [String: MessageBody] = [:]
        for body in (base?.bodies ?? []) + folder.bodies {
            bodies[body.id] = MessageBody(path: body.path, text: body.text)
        }
        for body in folder.bodies where outline.find(.message, body.id) == nil {
            let hint = suggestion(body.id, among: outline.ids(.message))
            report(.bodyWithoutMessage(body.id, path: body.path, hint: hint))
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
