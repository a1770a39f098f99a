import Foundation
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// What a folder of files tells of the past, each thing with the moment from which it was known.
struct PastFiles {
    /// One told thing of an account; its moment is nil where the files do not date it.
    struct Told {
        var line: Int
        var recorded: Instant?
        var arrival: Arrival
    }

    /// A notice by the row that told of it.
    struct Notice {
        var line: Int
        var day: Day
        var recorded: Instant?
        var reason: String
    }

    let programme: CompiledProgramme
    let delays: Delays
    private(set) var paths: [VerdictFile: String] = [:]
    private(set) var rowCounts: [VerdictFile: Int] = [:]
    /// Rows that say when they were recorded.
    private(set) var datedCounts: [VerdictFile: Int] = [:]
    private(set) var digest: UInt64 = 0
    private(set) var told: [String: [Told]] = [:]
    /// In the order of the file.
    private(set) var ids: [String] = []
    private(set) var notices: [String: Notice] = [:]
    private(set) var content = FilesContent()
    private(set) var mistakes: [FileMistake] = []
    /// Events that were recorded so long after they happened that no metric takes them.
    private(set) var lateCount = 0
    /// Accounts of which an event says that they gave notice.
    private(set) var noticedInEvents: Set<String> = []

    init(_ folder: String, _ programme: CompiledProgramme, _ delays: Delays) throws {
        self.programme = programme
        self.delays = delays
        for file in VerdictFile.allCases {
            let path = folder + "/\(file.rawValue).csv"
            guard FileManager.default.fileExists(atPath: path) else {
                guard file.isRequired else { continue }
                throw Failure(
                    code: "no-such-file", what: "There is no \(path).",
                    remedy:
                        "A verdict needs accounts.csv, events.csv and churn.csv; see them with: tenure verdict --template FOLDER"
                )
            }
            try read(file, path)
        }
        endBar()
    }

    private mutating func read(_ file: VerdictFile, _ path: String) throws {
        var table = try VerdictTable(file, path: path)
        paths[file] = path
        digest = mixed(digest, table.digest)
        var found: [FileMistake] = []
        let rows = file.kind.map {
            RowReading(
                kind: $0, header: table.header, programme: programme, source: "import", isHistory: false)
        }
        let check = EventCheck(programme.programme)
        let columns = rows?.columns ?? CSVColumns(table.header, required: file.required)
        let places = AsidePlaces(columns, file)
        let reading = table
        var count = 0
        table.rows(&found) { line, cells in
            if let rows {
                try take(rows, try rows.row(cells), line, reading, places, check)
            } else {
                try takeNotice(try CSVRow(columns, cells), line, reading)
            }
            count += 1
        }
        rowCounts[file] = count
        mistakes += found
    }
}

/// Where each row says whose it is, since when it was known, and to which system.
private struct AsidePlaces {
    let account, recorded, system: Int?

    init(_ columns: CSVColumns, _ file: VerdictFile) {
        account = columns.place(of: file == .accounts ? "id" : "account")
        recorded = columns.place(of: "recorded_at")
        system = columns.place(of: "system")
    }
}

// MARK: - Rows

extension PastFiles {
    private mutating func take(
        _ rows: RowReading, _ row: CSVRow, _ line: Int, _ table: VerdictTable, _ places: AsidePlaces, _ check: EventCheck
    ) throws {
        let account = row[places.account] ?? ""
        if table.file != .accounts { try demandKnown(account, line, table) }
        var arrival = try rows.arrival(row)
        arrival.source = row[places.system] ?? arrival.source
        // Nobody is written to, and no condition reads a name.
        arrival.person = nil
        if let refusal = check.refusal(arrival, received: wallClock()) {
            throw table.mistake(line, refusal.code, refusal.detail, "Mend the row; no metric could take it.")
        }
        let recorded = try recorded(row, arrival, line, table, places)
        if table.file == .accounts { try note(account: account, line, isDated: recorded != nil, table) }
        note(row, arrival, recorded, account)
        told[account, default: []].append(Told(line: line, recorded: recorded, arrival: arrival))
    }

    private func demandKnown(_ account: String, _ line: Int, _ table: VerdictTable) throws {
        guard told[account] == nil else { return }
        let remedy =
            table.file == .churn
            ? "Export the accounts that left as well: a past without them has nobody to lose."
            : "Add its row to accounts.csv, or leave the line out."
        throw table.mistake(
            line, "unknown-account", "The account “\(account)” is not in accounts.csv.", remedy)
    }

    /// When the row was known; nil: nothing dates it.
    private mutating func recorded(
        _ row: CSVRow, _ arrival: Arrival, _ line: Int, _ table: VerdictTable, _ places: AsidePlaces
    ) throws -> Instant? {
        let delay = delays.milliseconds(table.file, system: row[places.system])
        if let text = row[places.recorded] {
            datedCounts[table.file, default: 0] += 1
            let moment = try moment(text, "recorded_at", line, table)
            guard let occurred = arrival.occurred, moment < occurred else { return moment }
            guard occurred - moment <= EventCheck.futureMilliseconds else {
                throw table.mistake(
                    line, "recorded-before-time",
                    "It was recorded at \(text), more than a day before it happened.",
                    "Check the two columns: time is when it happened, recorded_at when your system learnt of it."
                )
            }
            return occurred
        }
        if let occurred = arrival.occurred { return occurred + delay }
        guard table.file == .contracts else { return nil }
        guard let start = row["term_start"].flatMap({ Day(text: $0) }) else {
            throw table.mistake(
                line, "undated-contract", "Nothing says since when the contract was known.",
                "Give term_start or recorded_at; a contract known all along would tell who renewed.")
        }
        return programme.defaultZoneRules.instant(day: start) + delay
    }

    /// A timestamp, or a day: then its last second, UTC.
    private func moment(
        _ text: String, _ column: String, _ line: Int, _ table: VerdictTable
    ) throws -> Instant {
        if let day = Day(text: text) { return ZoneRules.utc.instant(day: day + 1) + -Milliseconds.second }
        if case .success(let instant) = Instant.parse(rfc3339: text) { return instant }
        throw table.mistake(
            line, "malformed-time",
            "“\(text)” in the column “\(column)” is neither a day nor an RFC 3339 timestamp.",
            "Write 2026-03-09 or 2026-03-09T11:00:00Z.")
    }

    private mutating func note(account: String, _ line: Int, isDated: Bool, _ table: VerdictTable) throws {
        guard let known = told[account] else { return ids.append(account) }
        guard isDated, known.allSatisfy({ $0.recorded != nil }) else {
            throw table.mistake(
                line, "account-twice",
                "The account “\(account)” was named on line \(known.first?.line ?? 0) already.",
                "One row an account; several rows are its history, and each then needs recorded_at.")
        }
    }

    private mutating func note(
        _ row: CSVRow, _ arrival: Arrival, _ recorded: Instant?, _ account: String
    ) {
        switch arrival.type {
        case FactType.accountChanged:
            for member in arrival.data.members { content.fields.insert(member.name) }
        case FactType.contactChanged: content.hasContacts = true
        default:
            content.eventTypes.insert(arrival.type)
            if arrival.user != nil { content.memberTypes.insert(arrival.type) }
            if let feature = arrival.data["feature"]?.string { content.features.insert(feature) }
            if arrival.type == "churn.noticed" { noticedInEvents.insert(account) }
            if let recorded, let occurred = arrival.occurred, recorded - occurred > latenessWindowMilliseconds
            {
                lateCount += 1
            }
        }
    }

    private mutating func takeNotice(_ row: CSVRow, _ line: Int, _ table: VerdictTable) throws {
        let account = row["account"] ?? ""
        try demandKnown(account, line, table)
        if let known = notices[account] {
            throw table.mistake(
                line, "notice-twice", "The account “\(account)” gave notice on line \(known.line) already.",
                "One row an account: the first notice that was not taken back.")
        }
        let day = try day(row["notice"] ?? "", "notice", line, table)
        if let text = row["effective"], try self.day(text, "effective", line, table) < day {
            throw table.mistake(
                line, "effective-before-notice", "It left on \(text), before its notice of \(day.text).",
                "notice is when you learnt of it, effective when the contract ended.")
        }
        let recorded = try row["recorded_at"].map { try moment($0, "recorded_at", line, table) }
        if recorded != nil { datedCounts[.churn, default: 0] += 1 }
        notices[account] = Notice(line: line, day: day, recorded: recorded, reason: row["reason"] ?? "")
    }

    private func day(_ text: String, _ column: String, _ line: Int, _ table: VerdictTable) throws -> Day {
        if let day = Day(text: text) { return day }
        if case .success(let instant) = Instant.parse(rfc3339: text) {
            return programme.defaultZoneRules.day(at: instant)
        }
        throw table.mistake(
            line, "malformed-day", "“\(text)” in the column “\(column)” is no day.", "Write it as 2026-03-09."
        )
    }
}
