import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// One import, at the step where it is.
struct ImportPage {
    let shell: Shell
    let formToken: String
    let action: String
    let imports: String
    let report: String
    let problem: String?
    let isColumns: Bool
    let isRunning: Bool
    let isChecked: Bool
    let isDone: Bool
    let stopped: String?
    let heading: String
    /// How far what runs is, of a hundred.
    let progress: Int
    let columns: [File]
    let reviews: [Review]
    let hasRefused: Bool
    /// Those that are no account's by a letter.
    let names: [Name]
    let hasNames: Bool
    /// Those that are spelled like one account, folded up.
    let alike: [Name]
    let alikeCount: String
    let hasAlike: Bool
    let moreNames: String?
    let words: [Word]
    let hasWords: Bool
    let tallies: [Tally]
    let isLive: Bool
    let accounts: String
    let accountsLink: String
    let withheld: String

    struct File {
        let kind: String
        let title: String
        let name: String
        let columns: [Column]
        /// What every row is, where no column says what happened.
        let types: [Choice]
        let hasTypes: Bool
        let typeField: String
    }

    struct Column {
        let field: String
        let title: String
        let values: [String]
        let choices: [Choice]
    }

    struct Choice {
        let value: String
        let title: String
        let isChosen: Bool
    }

    struct Review {
        let title: String
        let name: String
        let sound: String
        /// Those that use words which the programme does not know.
        let unknown: String?
        let refused: String
        let hasRefused: Bool
        let examples: [Refusal]
    }

    struct Refusal {
        let line: String
        let what: String
    }

    struct Name {
        let field: String
        let name: String
        let rows: String
        let choices: [Choice]
        /// One account is spelled so, and no other.
        let isSettled: Bool
    }

    struct Word {
        let field: String
        let word: String
        let rows: String
        let choices: [Choice]
    }

    struct Tally {
        let words: String
        let examples: [Refusal]
    }
}

extension ImportPage {
    init(shell: Shell, _ visitor: Visitor, _ one: Import, problem: String?) {
        let workspace = visitor.workspace
        let programme = workspace.programme
        self.shell = shell
        formToken = visitor.session.formToken
        action = Links.importing(one.id)
        imports = Links.imports
        report = Links.importing(one.id) + "/report"
        self.problem = problem
        isColumns = one.phase == .columns
        isRunning = one.isRunning
        isChecked = one.phase == .checked
        isDone = one.phase == .done
        stopped = if case .stopped(let why) = one.phase { why } else { nil }
        heading = one.phase.heading
        progress = Int(max(0, min(1, one.progress)) * 100)
        columns = isColumns ? one.files.map { File($0, programme) } : []
        reviews = one.files.compactMap { file in file.review.map { Review(file, $0) } }
        hasRefused = one.files.contains { ($0.tally?.refused ?? $0.review?.refused)?.count ?? 0 > 0 }
        let all = isChecked ? one.unknown.enumerated().map { Name($1, $0) } : []
        names = all.filter { !$0.isSettled }
        hasNames = !names.isEmpty
        alike = all.filter(\.isSettled)
        alikeCount = Wording.plural(alike.count, "name is", "names are")
        hasAlike = !alike.isEmpty
        moreNames = one.unknownMore > 0 ? Wording.plural(one.unknownMore, "more name", "more names") : nil
        words = isChecked ? Self.words(one, programme) : []
        hasWords = !words.isEmpty
        tallies = one.files.compactMap { file in file.tally.map { Tally(file, $0) } }
        isLive = workspace.isLive
        accounts = Wording.plural(workspace.accountCount, "account", "accounts")
        (accountsLink, withheld) = (Links.accounts, Links.withheld)
    }

    private static func words(_ one: Import, _ programme: CompiledProgramme) -> [Word] {
        var counts: [String: Int] = [:]
        for file in one.files { counts.merge(file.review?.words ?? [:]) { $0 + $1 } }
        return ImportChoicesForm.words(one).enumerated().map { place, word in
            let guess = ColumnGuess.type(word, programme)
            return Word(
                field: ImportChoicesForm.wordField(place), word: word,
                rows: Wording.plural(counts[word] ?? 0, "row", "rows"),
                choices: types(programme, chosen: guess))
        }
    }

    fileprivate static func types(_ programme: CompiledProgramme, chosen: String?) -> [Choice] {
        programme.programme.events.map { event in
            Choice(value: event.type, title: "\(event.title) (\(event.type))", isChosen: chosen == event.type)
        }
    }
}

extension Import.Phase {
    fileprivate var heading: String {
        switch self {
        case .columns: "What the columns hold"
        case .checking: "Your files are being read"
        case .checked: "What would be taken in"
        case .taking: "Your rows are being taken in"
        case .done: "Your accounts are in"
        case .stopped: "It stopped"
        }
    }
}

extension ImportPage.File {
    fileprivate init(_ file: ImportFile, _ programme: CompiledProgramme) {
        let fields = ImportField.all(file.kind, programme)
        kind = file.kind.rawValue
        title = file.kind.title
        name = file.name
        columns = file.head.header.enumerated().map { place, header in
            let chosen = file.plan.columns.indices.contains(place) ? file.plan.columns[place] : ""
            return ImportPage.Column(
                field: ColumnsForm.field(file.kind, place),
                title: header.isEmpty ? "Column \(place + 1)" : header,
                values: file.head.values(place).map { String($0.prefix(80)) },
                choices: fields.map {
                    ImportPage.Choice(value: $0.id, title: $0.title, isChosen: $0.id == chosen)
                })
        }
        hasTypes = file.kind == .events
        types = hasTypes ? ImportPage.types(programme, chosen: file.plan.type) : []
        typeField = ColumnsForm.typeField(file.kind)
    }
}

extension ImportPage.Refusal {
    private static let examplesMax = 20

    fileprivate static func first(_ refused: RowRefusals) -> [ImportPage.Refusal] {
        refused.byLine.prefix(examplesMax).map { ImportPage.Refusal(line: "\($0.line)", what: $0.what) }
    }
}

extension ImportPage.Review {
    fileprivate init(_ file: ImportFile, _ review: FileReview) {
        title = file.kind.title
        name = file.name
        sound = Wording.plural(review.sound, "row", "rows")
        let unknown = review.words.values.reduce(0, +)
        self.unknown = unknown > 0 ? Wording.plural(unknown, "row", "rows") : nil
        refused = Wording.plural(review.refused.count, "row", "rows")
        hasRefused = review.refused.count > 0
        examples = ImportPage.Refusal.first(review.refused)
    }
}

extension ImportPage.Name {
    fileprivate init(_ unknown: Import.UnknownName, _ place: Int) {
        field = ImportChoicesForm.accountField(place)
        name = unknown.name
        rows = Wording.plural(unknown.rows, "row", "rows")
        let isSettled = unknown.matches.count(where: \.isExact) == 1
        self.isSettled = isSettled
        choices = unknown.matches.map { match in
            ImportPage.Choice(value: match.id, title: match.name, isChosen: isSettled && match.isExact)
        }
    }
}

extension ImportPage.Tally {
    fileprivate init(_ file: ImportFile, _ tally: ImportTally) {
        words = ImportWords.tally(
            file.name, tally.accepted, tally.duplicates, tally.quarantined, tally.refused.count)
        examples = ImportPage.Refusal.first(tally.refused)
    }
}
