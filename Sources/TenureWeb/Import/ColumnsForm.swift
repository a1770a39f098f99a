import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// What a person says of the columns of each file.
enum ColumnsForm {
    /// Of a column's field; the word is short, since a file may have 256 columns and a form 64 KiB.
    static func field(_ kind: ImportKind, _ column: Int) -> String { "\(kind.rawValue)-\(column)" }
    static func typeField(_ kind: ImportKind) -> String { "\(kind.rawValue)-type" }

    static func plans(
        _ fields: NamedTexts, _ one: Import, _ programme: CompiledProgramme
    ) -> [ImportKind: ColumnPlan] {
        let types = Set(programme.programme.events.map(\.type))
        let plans = one.files.map { file -> (ImportKind, ColumnPlan) in
            let known = Set(ImportField.all(file.kind, programme).map(\.id))
            let columns = file.head.header.indices.map { column -> String in
                let chosen = fields[field(file.kind, column)] ?? ""
                return known.contains(chosen) ? chosen : ""
            }
            let type = fields[typeField(file.kind)].flatMap { types.contains($0) ? $0 : nil }
            let said = columns.contains("type") ? nil : type
            return (file.kind, ColumnPlan(columns, titles: file.head.header, type: said))
        }
        return Dictionary(plans, uniquingKeysWith: { first, _ in first })
    }

    /// Throws where a file cannot be taken in so.
    static func check(_ plans: [ImportKind: ColumnPlan], _ programme: CompiledProgramme) throws {
        for kind in ImportKind.allCases {
            guard let plan = plans[kind] else { continue }
            let titles = ImportField.all(kind, programme)
            let title = { (id: String) in titles.first { isSame($0.id, id) }?.title ?? id }
            if let missing = plan.missing(kind).first {
                throw Problem(
                    .validationFailed,
                    "The file of \(kind.rawValue) needs a column that is “\(title(missing))”.")
            }
            let used = plan.columns.filter { !$0.isEmpty }
            if let twice = used.first(where: { one in used.count { $0 == one } > 1 }) {
                throw Problem(
                    .validationFailed,
                    "Two columns of the file of \(kind.rawValue) are “\(title(twice))”; choose one.")
            }
        }
    }
}

/// What a person says of names and words that nobody knows.
enum ImportChoicesForm {
    static func accountField(_ place: Int) -> String { "a\(place)" }
    static func wordField(_ place: Int) -> String { "w\(place)" }

    static func words(_ one: Import) -> [String] {
        one.files.compactMap { $0.review?.words }.flatMap {
            $0.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        }
    }

    /// Only what was offered is taken.
    static func read(_ fields: NamedTexts, _ one: Import) -> ImportChoices {
        var choices = ImportChoices()
        for (place, unknown) in one.unknown.enumerated() {
            guard
                let chosen = unknown.matches.first(where: { isSame($0.id, fields[accountField(place)] ?? "") }
                )
            else { continue }
            choices.accounts[unknown.name] = AccountID(chosen.id)
        }
        for (place, word) in words(one).enumerated() {
            if let type = fields.filled(wordField(place)) { choices.words[word] = type }
        }
        return choices
    }
}
