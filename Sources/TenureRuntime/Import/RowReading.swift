import TenureCore
package import TenureEngine
import TenureProgramme

/// One row becomes one arrival; what is wrong with it is said by column.
package struct RowReading: Sendable {
    package let kind: ImportKind
    package let columns: CSVColumns
    private let plan: ColumnPlan
    private let places: EventPlaces
    private let zone: ZoneRules
    private let source: String
    private let isHistory: Bool
    /// Columns that become fields of an event or an account.
    private let fieldColumns: [(name: String, place: Int)]
    private let types: [String: EventType]
    private let accountFields: [AccountField]

    /// Columns that say something of the row itself: when it was recorded, and by which system.
    private static let aside: Set<String> = ["recorded_at", "system"]

    package init(
        kind: ImportKind, header: [String], programme: CompiledProgramme, source: String, isHistory: Bool
    ) {
        self.init(
            kind: kind, plan: ColumnPlan(header), programme: programme, source: source, isHistory: isHistory)
    }

    package init(
        kind: ImportKind, plan: ColumnPlan, programme: CompiledProgramme, source: String, isHistory: Bool
    ) {
        self.kind = kind
        self.plan = plan
        columns = CSVColumns(plan.columns, titles: plan.titles, required: plan.required(kind))
        places = EventPlaces(columns)
        zone = programme.defaultZoneRules
        self.source = source
        self.isHistory = isHistory
        let named: Set<String> = kind == .events ? ["account", "type", "time", "user", "id"] : []
        fieldColumns = plan.columns.enumerated()
            .filter { !$0.element.isEmpty && !named.contains($0.element) && !Self.aside.contains($0.element) }
            .map { ($0.element, $0.offset) }
        types = Dictionary(
            programme.programme.events.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
        accountFields = programme.programme.everyAccountField
    }

    package func arrival(_ cells: [String]) throws -> Arrival { try arrival(row(cells)) }

    /// The cells that are not empty, by their columns.
    package func row(_ cells: [String]) throws -> CSVRow { try CSVRow(columns, cells) }

    package func arrival(_ row: CSVRow) throws -> Arrival {
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
            data[name] = try value(text, kind, place)
        }
        return changed(row["id"], data)
    }

    private func contact(_ row: CSVRow) -> Arrival {
        let key = row["id"] ?? row["email"] ?? ""
        let role = row["role"] ?? ""
        return Arrival(
            id: nil, source: source, type: FactType.contactChanged, subject: .account(row["account"] ?? ""),
            data: ["contact": .string(key), "role": .string(role)], isHistory: isHistory,
            person: PersonTraits(key: key, name: row["name"] ?? key, email: row["email"] ?? "", role: role))
    }

    private static let contractFields = ["term_start", "term_end", "notice_by", "arr", "seats"]

    /// A contract is an event where the programme knows one, and gives the account its dates and its ARR.
    private func contract(_ row: CSVRow) throws -> Arrival {
        var data = JSONObject()
        for field in Self.contractFields {
            guard let place = columns.place(of: field), let text = row[place],
                let kind = AccountField.standard.first(where: { $0.id == field })?.kind
            else { continue }
            data[field] = try value(text, kind, place)
        }
        data["contract"] = row["id"].map { .string($0) }
        return changed(row["account"], data)
    }

    private func changed(_ account: String?, _ data: JSONObject) -> Arrival {
        Arrival(
            id: nil, source: source, type: FactType.accountChanged, subject: .account(account ?? ""),
            data: data,
            isHistory: isHistory)
    }

    private func value(_ text: String, _ kind: AccountField.Kind, _ place: Int) throws -> JSON {
        let isDay = if case .date = kind { true } else { false }
        let text = isDay && plan.isLenient ? LooseTime.day(text) : text
        return try kind.value(text, column: columns.title(place))
    }

    /// What the file calls the event.
    func word(_ row: CSVRow) -> String { row[places.type] ?? plan.type ?? "" }

    /// When the event of a row happened; nil where that cannot be read.
    func occurred(_ cells: [String]) -> Instant? {
        guard let place = places.time, cells.indices.contains(place) else { return nil }
        return instant(cells[place])
    }

    private func event(_ row: CSVRow) throws -> Arrival {
        let word = word(row)
        let type = plan.words[word] ?? word
        let time = row[places.time] ?? ""
        guard let occurred = instant(time) else {
            throw RowMistake(
                what:
                    "“\(time)” in the column “\(columns.title("time"))” is no RFC 3339 timestamp with an offset"
            )
        }
        guard let declared = types[type] else {
            throw RowMistake(what: "the programme knows no event type “\(type)”")
        }
        var data = JSONObject()
        for (name, place) in fieldColumns {
            guard let text = row[place] else { continue }
            let field = declared.fields.first { $0.id == name }
            data[name] = try field?.kind.value(text, column: columns.title(place)) ?? .string(text)
        }
        return Arrival(
            id: row[places.id], source: source, type: type, subject: .account(row[places.account] ?? ""),
            user: row[places.user],
            occurred: occurred, data: data, isHistory: isHistory)
    }

    private func instant(_ text: String) -> Instant? {
        if let instant = try? Instant.parse(rfc3339: text).get() { return instant }
        return plan.isLenient ? LooseTime.instant(text, zone) : nil
    }
}

/// Where each row of events says what it is about.
private struct EventPlaces: Sendable {
    let account, type, time, user, id: Int?

    init(_ columns: CSVColumns) {
        account = columns.place(of: "account")
        type = columns.place(of: "type")
        time = columns.place(of: "time")
        user = columns.place(of: "user")
        id = columns.place(of: "id")
    }
}
