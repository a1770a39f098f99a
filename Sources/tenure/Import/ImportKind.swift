import ArgumentParser
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// What a CSV file's rows are.
enum ImportKind: String, ExpressibleByArgument, CaseIterable {
    case accounts, contacts, contracts, events

    var required: [String] {
        switch self {
        case .accounts: ["id", "name"]
        case .contacts: ["account", "id"]
        case .contracts: ["account", "id"]
        case .events: ["account", "type", "time"]
        }
    }
}

/// One row becomes one arrival; what is wrong with it is said by column.
struct RowReading {
    let kind: ImportKind
    let columns: CSVColumns
    private let places: EventPlaces
    let programme: CompiledProgramme
    let source: String
    let isHistory: Bool
    /// Columns that become fields of an event or an account.
    private let fieldColumns: [(name: String, place: Int)]
    private let types: [String: EventType]
    private let accountFields: [AccountField]

    /// Columns that say something of the row itself: when it was recorded, and by which system.
    private static let aside: Set<String> = ["recorded_at", "system"]

    init(kind: ImportKind, header: [String], programme: CompiledProgramme, source: String, isHistory: Bool) {
        self.kind = kind
        columns = CSVColumns(header, required: kind.required)
        places = EventPlaces(columns)
        self.programme = programme
        self.source = source
        self.isHistory = isHistory
        let named: Set<String> = kind == .events ? ["account", "type", "time", "user", "id"] : []
        fieldColumns = header.enumerated().filter { !named.contains($0.element) && !Self.aside.contains($0.element) }
            .map { ($0.element, $0.offset) }
        types = Dictionary(programme.programme.events.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
        accountFields = programme.programme.everyAccountField
    }

    func arrival(_ cells: [String]) throws -> Arrival { try arrival(row(cells)) }

    /// The cells that are not empty, by their columns.
    func row(_ cells: [String]) throws -> CSVRow { try CSVRow(columns, cells) }

    func arrival(_ row: CSVRow) throws -> Arrival {
        switch kind {
        case .accounts: try account(row)
        case .contacts: contact(row)
        case .contracts: try contract(row)
        case .events: try event(row)
        }
    }

    private func account(_ row: CSVRow) throws -> Arrival {
        var data = JSONObject()
        for (name, place) in fieldColumns {
            guard let text = row[place] else { continue }
            let kind = accountFields.first { $0.id == name }?.kind ?? .text
            data[name] = try kind.value(text, column: name)
        }
        return Arrival(
            id: nil, source: source, type: FactType.accountChanged, subject: .account(row["id"] ?? ""), data: data,
            isHistory: isHistory)
    }

    private func contact(_ row: CSVRow) -> Arrival {
        let key = row["id"] ?? ""
        let role = row["role"] ?? ""
        return Arrival(
            id: nil, source: source, type: FactType.contactChanged, subject: .account(row["account"] ?? ""),
            data: ["contact": .string(key), "role": .string(role)], isHistory: isHistory,
            person: PersonTraits(key: key, name: row["name"] ?? key, email: row["email"] ?? "", role: role))
    }

    /// A contract is an event where the programme knows one, and gives the account its dates and its ARR.
    private func contract(_ row: CSVRow) throws -> Arrival {
        var data = JSONObject()
        for (column, field) in [("term_start", "term_start"), ("term_end", "term_end"), ("notice_by", "notice_by"), ("arr", "arr"), ("seats", "seats")] {
            guard let text = row[column], let kind = AccountField.standard.first(where: { $0.id == field })?.kind else { continue }
            data[field] = try kind.value(text, column: column)
        }
        data["contract"] = row["id"].map { .string($0) }
        return Arrival(
            id: nil, source: source, type: FactType.accountChanged, subject: .account(row["account"] ?? ""), data: data,
            isHistory: isHistory)
    }

    private func event(_ row: CSVRow) throws -> Arrival {
        let type = row[places.type] ?? ""
        guard case .success(let occurred) = Instant.parse(rfc3339: row[places.time] ?? "") else {
            throw RowMistake(what: "“\(row[places.time] ?? "")” in the column “time” is no RFC 3339 timestamp with an offset")
        }
        guard let declared = types[type] else {
            throw RowMistake(what: "the programme knows no event type “\(type)”")
        }
        var data = JSONObject()
        for (name, place) in fieldColumns {
            guard let text = row[place] else { continue }
            data[name] = try declared.fields.first { $0.id == name }?.kind.value(text, column: name) ?? .string(text)
        }
        return Arrival(
            id: row[places.id], source: source, type: type, subject: .account(row[places.account] ?? ""),
            user: row[places.user],
            occurred: occurred, data: data, isHistory: isHistory)
    }
}

/// Where each row of events says what it is about.
private struct EventPlaces {
    let account, type, time, user, id: Int?

    init(_ columns: CSVColumns) {
        account = columns.place(of: "account")
        type = columns.place(of: "type")
        time = columns.place(of: "time")
        user = columns.place(of: "user")
        id = columns.place(of: "id")
    }
}

struct RowMistake: Error {
    var what: String
}

extension AccountField.Kind {
    func value(_ text: String, column: String) throws -> JSON {
        let value: JSON? =
            switch self {
            case .text: .string(text)
            case .number, .money: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
            case .whole: Int64(text).map { .int($0) }
            case .flag: ["true": .bool(true), "false": .bool(false)][text]
            case .date: Day(text: text).map { .string($0.text) }
            case .choice(let choices): choices.contains(text) ? .string(text) : nil
            }
        guard let value else { throw RowMistake(what: "“\(text)” in the column “\(column)” is not \(expected)") }
        return value
    }

    private var expected: String {
        switch self {
        case .text: "text"
        case .number, .money: "a number"
        case .whole: "a whole number"
        case .flag: "true or false"
        case .date: "a date such as 2026-03-09"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        }
    }
}

extension EventField.Kind {
    func value(_ text: String, column: String) throws -> JSON {
        let value: JSON? =
            switch self {
            case .text, .choice, .instant: .string(text)
            case .number: Double(text).map { .double($0) }
            case .whole: Int64(text).map { .int($0) }
            case .flag: ["true": .bool(true), "false": .bool(false)][text]
            }
        guard let value, accepts(value) else { throw RowMistake(what: "“\(text)” in the column “\(column)” is not \(expected)") }
        return value
    }
}
